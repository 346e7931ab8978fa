import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Bucket, BUCKET_ACCESS } from '../support/bucket.js';
import { Client } from '../support/client.js';
import { startServer, type ServerProcess } from '../support/server.js';
import { associateOf } from '../support/tokens.js';
import { jpeg } from './pictures.js';
import { TradeDesk } from './trade-desk.js';

interface Photograph {
  id: string;
  digest: string;
  code?: string;
}

const send = (by: Client, tradeId: string, raw: Buffer, key?: string) =>
  by.send<Photograph>('POST', `/v1/trade-ins/${tradeId}/photographs`, {
    ...{ raw, headers: { 'content-type': 'image/jpeg' } },
    ...(key ? { key } : {}),
  });

describe('photographs in an S3-compatible store', () => {
  let bucket: Bucket;
  let desk: TradeDesk;
  beforeAll(async () => {
    bucket = await Bucket.open();
    desk = await TradeDesk.open({ ...BUCKET_ACCESS, FILES_URL: bucket.url, FILES_TIMEOUT_MS: '300' });
  });
  afterAll(async () => {
    await desk.shop.close();
    await bucket.close();
  });

  it('lie there by what is in them, and are read from there', async () => {
    const { trade } = await desk.received();
    bucket.troubles = ['BUSY'];
    const { status, body } = await send(desk.people.till, trade.id, await jpeg());
    expect(status).toBe(201);
    const kept = bucket.objects.get(`/photographs/${body.digest}`)!;
    expect(createHash('sha256').update(kept).digest('hex')).toBe(body.digest);
    expect((await desk.people.till.get(`/v1/trade-in-photographs/${body.id}`)).status).toBe(200);
  });

  it('are not taken while it is away; repeated under the same key they are', async () => {
    const { trade } = await desk.received();
    const raw = await jpeg({ shade: 9 });
    const key = `away-${trade.id}`;
    bucket.troubles = ['SILENT', 'BUSY', 'SILENT'];
    const refused = await send(desk.people.till, trade.id, raw, key);
    expect([refused.status, refused.body.code]).toEqual([503, 'FILES_UNAVAILABLE']);
    expect(await desk.shop.count('select count(*) from trade_in_photograph where trade_in_id = $1', [trade.id])).toBe(
      0,
    );
    expect((await send(desk.people.till, trade.id, raw, key)).status).toBe(201);
  });

  it('that are not what was written are not shown', async () => {
    const { trade } = await desk.received();
    const { body } = await send(desk.people.till, trade.id, await jpeg({ shade: 11 }));
    bucket.objects.set(`/photographs/${body.digest}`, await jpeg({ shade: 12 }));
    const shown = await desk.people.till.get<Photograph>(`/v1/trade-in-photographs/${body.id}`);
    expect([shown.status, shown.body.code]).toEqual([503, 'FILES_UNAVAILABLE']);
  });
});

describe('a power cut while photographs come', () => {
  it('leaves no row without its file', async () => {
    const desk = await TradeDesk.open();
    const { shop } = desk;
    const { port } = new URL(shop.url);
    let server: ServerProcess = shop.server;
    const trades = await Promise.all([desk.received(), desk.received()]);
    const till = new Client(shop.url, await shop.token(associateOf(desk.storeId)));
    let acknowledged: string[] = [];
    for (let cut = 0; cut < 2; cut++) {
      const pictures = await Promise.all(
        Array.from({ length: 8 }, (_, at) => jpeg({ shade: cut * 8 + at, width: 300 })),
      );
      const sending = pictures.map(async (raw, at) => {
        const answer = await send(till, trades[at % 2]!.trade.id, raw).catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(answer.body.digest);
      });
      await Promise.race(sending);
      await server.kill();
      await Promise.all(sending);
      server = await startServer(shop.database.url, {}, { port: Number(port), dataDir: shop.server.dataDir });
    }
    const { rows } = await shop.db.query<{ digest: string }>(
      `select encode(digest, 'hex') as digest from trade_in_photograph`,
    );
    for (const { digest } of rows) {
      const kept = await readFile(path.join(shop.server.dataDir, 'files', digest.slice(0, 2), digest));
      expect(createHash('sha256').update(kept).digest('hex')).toBe(digest);
    }
    acknowledged = acknowledged.filter((digest) => !rows.some((row) => row.digest === digest));
    expect(acknowledged).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
    await server.stop();
    await shop.close();
  }, 180_000);
});

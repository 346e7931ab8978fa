import { faultsOf, lapse, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { imeiOf15 } from '../../src/values/check-digits.js';

interface Identified {
  kind: string;
  identifier: string;
  tac: string | null;
  verified: boolean;
  candidates: { variantId: string; model: string; sources: string[]; confidence: number }[];
  unit: (Record<string, unknown> & { unitId: string }) | null;
}

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterAll(() => shop.close());

const identify = (client: Client, identifier: string) =>
  client.post<Identified>('/v1/identify', { identifier }, { key: null });
const claim = (tac: string, variantId: string, source: string, confidence: number) =>
  shop.db.query('insert into tac_claim (tac, variant_id, source, confidence) values ($1, $2, $3, $4)', [
    tac,
    variantId,
    source,
    confidence,
  ]);

describe('tell what a handset is', () => {
  it('gives the models its TAC may stand for, the likeliest first, with who says so', async () => {
    const [z10, q10] = [await shop.make.sku({ model: { name: 'Z10', key: 'z10' } }), await shop.make.sku()];
    await claim('35292105', z10.variantId, 'OSMOCOM', 70);
    await claim('35292105', z10.variantId, 'IMEIDB', 85);
    await claim('35292105', q10.variantId, 'HEARSAY', 10);
    const { status, body } = await identify(await shop.customer(), '352921050000018');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'IMEI',
      identifier: '352921050000018',
      tac: '35292105',
      verified: true,
      unit: null,
    });
    expect(body.candidates).toMatchObject([
      {
        variantId: z10.variantId,
        brand: 'BlackBerry',
        model: 'Z10',
        makerCode: 'SQN100-1',
        storageGb: 16,
        confidence: 85,
      },
      { variantId: q10.variantId, confidence: 10, sources: ['HEARSAY'] },
    ]);
    expect(body.candidates[0]!.sources).toEqual(['IMEIDB', 'OSMOCOM']);
  });

  it('takes an unknown TAC for unverified, not for wrong', async () => {
    const { status, body } = await identify(office, imeiOf15('99000000000001'));
    expect([status, body.verified, body.candidates, body.unit, body.tac]).toEqual([200, false, [], null, '99000000']);
  });

  it.each([
    ['with blanks and hyphens', '35-292105-000001-8', 'IMEI'],
    ['as an IMEISV', '3529210500000123', 'IMEI'],
    ['a serial number', '2b57dbb4x', 'SERIAL'],
  ])('reads it %s', async (_how, text, kind) => {
    expect((await identify(office, text)).body.kind).toBe(kind);
  });

  it.each([
    ['a wrong check digit', '352921050000019', 'CHECK_DIGIT'],
    ['a SIM card', '89014103211118510720', 'NOT_AN_IDENTIFIER'],
  ])('refuses %s, without repeating it', async (_what, text, code) => {
    const problem = await refused(shop, () => identify(office, text), 400, 'INVALID_INPUT');
    expect(faultsOf(problem)).toEqual([`/identifier ${code}`]);
    expect(JSON.stringify(problem)).not.toContain(text.slice(0, 10));
  });

  it('changes nothing', async () => {
    const before = await shop.count('select count(*) from history');
    await identify(office, '352921050000018');
    expect(await shop.count('select count(*) from history')).toBe(before);
    expect(await shop.count('select count(*) from idempotency_key')).toBe(0);
  });
});

describe('a handset of our own', () => {
  it('is known with where it stands and what may be done with it', async () => {
    const locationId = await shop.make.location();
    const sku = await shop.make.sku();
    const { unitId, imei } = await shop.make.unit(sku, locationId);
    await claim(imei.slice(0, 8), (await shop.make.sku()).variantId, 'IMEIDB', 60);
    const till = await shop.associate(locationId);
    const { body } = await identify(till, imei);
    expect(body.candidates.map(({ variantId, confidence }) => [variantId, confidence])[0]).toEqual([
      sku.variantId,
      100,
    ]);
    expect(body.candidates[0]!.sources).toEqual(['OUR_STOCK']);
    expect(body.unit).toEqual({
      ...{ unitId, skuId: sku.skuId, locationId, disposition: 'AVAILABLE', receivedAt: '2026-01-05T09:00:00.000Z' },
      ...{ closedAt: null, timesHeld: 1, encumbrances: [] },
      possibleActs: ['reserve', 'sell', 'display', 'quarantine', 'miss', 'writeOff', 'reportStolen'],
    });
    const elsewhere = await shop.associate(await shop.make.location());
    expect((await identify(elsewhere, imei)).body.unit).toMatchObject({ unitId, locationId, possibleActs: [] });
    expect((await identify(await shop.customer(), imei)).body.unit).toBeNull();
  });

  it('is AVAILABLE again when its reservation has run out, and shows its bars', async () => {
    const locationId = await shop.make.location();
    const { imei, unitId } = await shop.make.unit(await shop.make.sku(), locationId);
    const till = await shop.associate(locationId);
    const { body } = await till.post<{ id: string }>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines: [{ identifier: imei }],
    });
    expect((await identify(till, imei)).body.unit).toMatchObject({
      disposition: 'RESERVED',
      possibleActs: ['release', 'sellReserved'],
    });
    await lapse(shop, body.id);
    expect((await identify(till, imei)).body.unit).toMatchObject({ disposition: 'AVAILABLE' });
    await office.post(`/v1/stock-units/${unitId}/encumber`, { kind: 'FINANCED', reason: 'agreement 9' });
    expect((await identify(till, imei)).body.unit!['encumbrances']).toEqual(['FINANCED']);
  });

  it('is known as ours once, after it was sold', async () => {
    const locationId = await shop.make.location();
    const { imei } = await shop.make.unit(await shop.make.sku(), locationId);
    const till = await shop.associate(locationId);
    const sold = await till.post<{ id: string }>('/v1/sales', {
      lines: [{ identifier: imei }],
      terms: 'FULL',
      currency: 'USD',
    });
    await till.post(`/v1/sales/${sold.body.id}/hand-over`, { identifiers: [imei] });
    const { unit } = (await identify(till, imei)).body;
    expect(unit).toMatchObject({ disposition: 'SOLD', timesHeld: 1, possibleActs: [] });
    expect(Date.parse(unit!['closedAt'] as string)).toBeGreaterThan(0);
    await till.post(`/v1/sales/${sold.body.id}/return`, { lineNo: 1, identifier: imei, reason: 'FAULTY' });
    expect((await identify(till, imei)).body.unit).toMatchObject({
      disposition: 'QUARANTINE',
      timesHeld: 2,
      closedAt: null,
    });
  });
});

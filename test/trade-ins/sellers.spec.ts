import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../support/client.js';
import { tablesShowing } from '../support/plain-text.js';
import { BACK_OFFICE, provedNow } from '../support/tokens.js';
import { done, SELLER, TradeDesk } from './trade-desk.js';

interface Entry {
  id: string;
  sellerId: string;
  tradeInId: string;
  liftedBy: string | null;
  code?: string;
}

let desk: TradeDesk;
let proved: Client;
beforeAll(async () => {
  desk = await TradeDesk.open();
  proved = await desk.shop.as({ ...BACK_OFFICE, sub: 'back-office-3', ...provedNow() });
});
afterAll(() => desk.shop.close());

let papers = 0;
const somebody = (over: object = {}) => ({ ...SELLER, paperNumber: `S${++papers}-CANARY`, ...over });
const soldBy = async (seller: object) => done(desk.accept(await done(desk.quote()), { seller }));
const bar = (trade: { id: string }, by = desk.people.office) =>
  by.post<Entry>('/v1/barred-sellers', { tradeInId: trade.id, reason: 'Sold stolen handsets twice' });
const look = (trade: { id: string }, by = proved, body: object = { purpose: 'Warrant 7' }) =>
  by.post<Record<string, unknown>>(`/v1/trade-ins/${trade.id}/seller/read`, body);

describe('who sold', () => {
  it('is told to who may know, has just proved who they are, and says what for; after it was written down', async () => {
    const seller = somebody({ bornOn: '1948-02-29' });
    const trade = await soldBy(seller);
    const { statements: _, ...identity } = { ...seller, email: null, language: 'en', paperIssuer: null };
    const shown = await look(trade);
    expect([shown.status, shown.body, shown.headers.get('cache-control')]).toEqual([200, identity, 'no-store']);
    const entry = await desk.shop.one(
      `select actor, reason, chain is not null as chained from history where subject_id = $1 and act = 'readSeller'`,
      [trade.id],
    );
    expect(entry).toEqual({ actor: 'back-office-3', reason: 'Warrant 7', chained: true });
    expect(await tablesShowing(desk.shop.db, 'CANARY')).toEqual([]);
  });

  it('is told to nobody else, and nothing is written down', async () => {
    const trade = await soldBy(somebody());
    expect((await look(trade, desk.people.till)).status).toBe(403);
    expect([(await look(trade, desk.people.office)).body['code']]).toEqual(['STEP_UP_NEEDED']);
    expect((await look(trade, proved, {})).status).toBe(400);
    const elsewhere = await desk.shop.as({
      ...{ sub: 'manager', role: 'ASSOCIATE', store_id: await desk.shop.make.location(), scope: 'sellers:read' },
      ...provedNow(),
    });
    expect((await look(trade, elsewhere)).status).toBe(404);
    expect(
      await desk.shop.count(`select count(*) from history where subject_id = $1 and act = 'readSeller'`, [trade.id]),
    ).toBe(0);
  });
});

describe('a seller nothing is bought from', () => {
  it('is refused without a word why, until a second person lifts it', async () => {
    const seller = somebody();
    const trade = await soldBy(seller);
    const { body: entry } = await bar(trade);
    expect(entry).toMatchObject({ tradeInId: trade.id, liftedBy: null });
    expect((await bar(trade, desk.people.second)).body.code).toBe('SELLER_BARRED_ALREADY');
    const quote = await done(desk.quote());
    const refused = await desk.accept(quote, { seller });
    expect([refused.status, refused.body.code, refused.body.facts]).toEqual([409, 'ACCEPTANCE_REFUSED', undefined]);
    expect(refused.text).not.toMatch(/bar|list|stolen/i);
    const lift = (by: Client) => by.post<Entry>(`/v1/barred-sellers/${entry.id}/lift`, { reason: 'Another person' });
    expect((await lift(desk.people.office)).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await lift(desk.people.second)).body.liftedBy).toBe('back-office-2');
    expect((await lift(desk.people.second)).body.code).toBe('WRONG_STATE');
    expect((await desk.accept(quote, { seller })).status).toBe(201);
    const list = async (lifted: boolean) =>
      (await desk.people.office.get<{ items: Entry[] }>(`/v1/barred-sellers?lifted=${lifted}`)).body.items;
    expect((await list(true)).map(({ id }) => id)).toContain(entry.id);
    expect((await list(false)).map(({ id }) => id)).not.toContain(entry.id);
    expect((await bar(trade, desk.people.till)).status).toBe(403);
    expect((await bar({ id: '01900000-0000-7000-8000-0000000000ff' })).status).toBe(404);
  });

  it('and one who sells just then: before the entry or refused, never after it', async () => {
    for (let round = 0; round < 5; round++) {
      const seller = somebody();
      const known = await soldBy(seller);
      const quote = await done(desk.quote());
      const [entry, accepted] = await Promise.all([bar(known), desk.accept(quote, { seller })]);
      expect(entry.status).toBe(201);
      expect([201, 409]).toContain(accepted.status);
      expect((await desk.accept(await done(desk.quote()), { seller })).body.code).toBe('ACCEPTANCE_REFUSED');
      const trades = await desk.shop.count('select count(*) from trade_in where seller_id = $1', [entry.body.sellerId]);
      expect(trades).toBe(accepted.status === 201 ? 2 : 1);
    }
  });
});

describe("somebody who gives the number of another one's paper", () => {
  it('changes nothing of what that one has sold', async () => {
    const victim = somebody();
    const trade = await soldBy({ ...victim, email: 'victim@example.com' } as typeof victim);
    await soldBy({ ...victim, name: 'Mallory', address: '1 Elsewhere', email: 'mallory@example.com' } as typeof victim);
    const { body } = await look(trade);
    expect(body).toMatchObject({ name: victim.name, address: victim.address, email: 'victim@example.com' });
  });

  it('is another one where another state has issued it', async () => {
    const paper = somebody();
    const [here, there] = [
      await soldBy({ ...paper, paperIssuer: 'US-WA' } as typeof paper),
      await soldBy({ ...paper, paperIssuer: 'US-OR' } as typeof paper),
    ];
    const sellers = await desk.shop.count('select count(distinct seller_id) from trade_in where id = any ($1)', [
      [here.id, there.id],
    ]);
    expect(sellers).toBe(2);
  });
});

describe('who sold is erased when its time is over', () => {
  const sealed = (tradeInId: string) =>
    desk.shop.one<{ sealed: boolean; kept: boolean }>(
      `select t.seller_sealed is not null as sealed, s.identity_key is not null and s.born_before is not null as kept
       from trade_in t join seller s on s.id = t.seller_id where t.id = $1`,
      [tradeInId],
    );

  it('but not while the trade-in is under way, nor while the law holds its handset', async () => {
    const over = await soldBy(somebody());
    const open = await soldBy(somebody());
    const held = await desk.received({ accept: { seller: somebody() } });
    await desk.people.office.post(`/v1/stock-units/${held.trade.unitId}/encumber`, {
      kind: 'LEGAL_HOLD',
      reason: 'Court',
    });
    await desk.shop.db.query(`update trade_in set status = 'CANCELLED' where id = $1`, [over.id]);
    await desk.shop.db.query(`update trade_in set status = 'RETURNED' where id = $1`, [held.trade.id]);
    const ids = [over, open, held.trade].map(({ id }) => id);
    await desk.shop.db.query(`update trade_in set seller_until = now() - interval '1 day' where id = any ($1)`, [ids]);
    for (let tried = 0; tried < 100 && (await sealed(ids[0]!)).sealed; tried++) await pause(50);
    await pause(500);
    expect(await Promise.all(ids.map(sealed))).toEqual([
      { sealed: false, kept: true },
      { sealed: true, kept: true },
      { sealed: true, kept: true },
    ]);
    expect((await look(over)).status).toBe(404);
    expect(
      await desk.shop.count(`select count(*) from history where subject_id = $1 and act = 'eraseSeller'`, [ids[0]]),
    ).toBe(1);
  });
});

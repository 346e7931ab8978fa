import { brokenLinks } from '../../src/platform/history.js';
import { openShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
});
afterAll(() => shop.close());

const links = (chain: string) =>
  brokenLinks(
    { query: async (sql: string, values: unknown[]) => (await shop.db.query(sql, values)).rows } as never,
    chain,
  );

/** A store where so many handsets were sold: as many links in its chain. */
async function storeWithSales(count: number) {
  const locationId = await shop.make.location();
  const sku = await shop.make.sku();
  const till = await shop.associate(locationId);
  const units = await shop.make.units(sku, locationId, count);
  const sell = (imei: string) =>
    till.post('/v1/sales', { lines: [{ identifier: imei }], terms: 'FULL', currency: 'USD' });
  await Promise.all(units.map(({ imei }) => sell(imei)));
  return { locationId, sku, till, sell };
}

/** Does to the history what only somebody with the database's own keys could. */
async function tamper(sql: string, chain: string) {
  const client = await shop.db.connect();
  try {
    await client.query('begin; alter table history disable trigger history_append_only');
    await client.query(sql, [chain]);
    await client.query('alter table history enable trigger history_append_only; commit');
  } catch (failed) {
    await client.query('rollback');
    throw failed;
  } finally {
    client.release();
  }
}

describe('the chain of what concerns money', () => {
  it('holds from the first link to the last, one chain a store', async () => {
    const [first, second] = [await storeWithSales(8), await storeWithSales(3)];
    for (const [{ locationId }, length] of [
      [first, 8],
      [second, 3],
    ] as const) {
      expect(await links(locationId)).toBe(0);
      const { rows } = await shop.db.query(
        'select chain_seq::int as seq from history where chain = $1 order by chain_seq',
        [locationId],
      );
      expect(rows.map(({ seq }: { seq: number }) => seq)).toEqual(Array.from({ length }, (_, n) => n + 1));
    }
    const hashes = await shop.count('select count(distinct hash) from history where chain is not null');
    expect(hashes).toBe(await shop.count('select count(*) from history where chain is not null'));
  });

  it('does not break when an act fails halfway', async () => {
    const { locationId, sku, till, sell } = await storeWithSales(1);
    const [unit] = await shop.make.units(sku, locationId, 1);
    const form = { lines: [{ identifier: unit!.imei }], terms: 'FULL', currency: 'USD', expectedTotalMinor: 1 };
    expect((await till.post('/v1/sales', form)).status).toBe(409);
    expect((await sell(unit!.imei)).status).toBe(201);
    expect([
      await links(locationId),
      await shop.count('select seq from audit_chain where chain = $1', [locationId]),
    ]).toEqual([0, 2]);
  });

  it.each([
    ['an amount', `update history set details = details || '{"totalMinor": 1}' where chain = $1 and chain_seq = 3`, 1],
    ['who did it', `update history set actor = 'nobody' where chain = $1 and chain_seq = 3`, 1],
    [
      'when',
      `update history set occurred_at = occurred_at + interval '1 second' where chain = $1 and chain_seq = 3`,
      1,
    ],
    ['why', `update history set reason = 'gift' where chain = $1 and chain_seq = 3`, 1],
    ['what it was about', `update history set subject_id = gen_random_uuid() where chain = $1 and chain_seq = 3`, 1],
    ['the first link', `update history set act = 'nothing' where chain = $1 and chain_seq = 1`, 1],
    ['a link taken out', `delete from history where chain = $1 and chain_seq = 3`, 2],
    ['the last link taken off', `delete from history where chain = $1 and chain_seq = 5`, 1],
    ['everything taken away', `delete from history where chain = $1`, 1],
  ])('shows %s', async (_what, sql, broken) => {
    const { locationId } = await storeWithSales(5);
    expect(await links(locationId)).toBe(0);
    await tamper(sql, locationId);
    expect(await links(locationId)).toBe(broken);
  });

  it('shows a forged entry whose own hash was reckoned anew', async () => {
    const { locationId } = await storeWithSales(5);
    await tamper(`update history set actor = 'nobody' where chain = $1 and chain_seq = 3`, locationId);
    await tamper(
      `update history h set hash = history_hash(h, (select p.hash from history p where p.chain = $1 and p.chain_seq = 2))
       where chain = $1 and chain_seq = 3`,
      locationId,
    );
    expect(await links(locationId)).toBe(1);
  });
});

describe('what was written down', () => {
  beforeAll(() => storeWithSales(1));

  it.each(['history', 'stock_movement'])('can be neither changed nor removed: %s', async (table) => {
    const before = await shop.count(`select count(*) from ${table}`);
    expect(before).toBeGreaterThan(0);
    for (const sql of [
      `update ${table} set actor = 'a stranger'`,
      `update ${table} set id = id where id = (select id from ${table} limit 1)`,
      `delete from ${table}`,
      `truncate ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await expect(shop.db.query(sql)).rejects.toMatchObject({
        code: '23001',
        message: `${table} is append-only`,
      });
    }
    expect(await shop.count(`select count(*) from ${table}`)).toBe(before);
    expect(await shop.count(`select count(*) from ${table} where actor = 'a stranger'`)).toBe(0);
  });
});

import { disagreements, movementsOf, standing } from '../support/books.js';
import type { Answer } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { type Sale, shopfloor } from '../support/shopfloor.js';
import { OPEN_DOORS } from '../support/till-drills.js';

const ROUNDS = 20;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(OPEN_DOORS);
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

async function store(units: number) {
  const floor = await shopfloor(shop, units);
  const tills = [floor.till, await shop.associate(floor.locationId, 'associate-2')] as const;
  const sell = (n: number, form: object) =>
    tills[n % 2]!.post<Sale>('/v1/sales', { terms: 'FULL', currency: 'USD', ...form });
  return { ...floor, tills, sell };
}

const answersOf = (answers: readonly Answer<{ code?: string }>[]) =>
  answers.map(({ status, body }) => (status < 400 ? String(status) : `${status} ${body.code}`)).sort();

const chainBreaks = (chain: string) =>
  shop.count(
    `select count(*) from (select hash, history_hash(h, coalesce(lag(hash) over (order by chain_seq), '\\x')) as reckoned
     from history h where chain = $1) l where hash <> reckoned`,
    [chain],
  );

describe('sell one unit at two tills', () => {
  it('one sells it, the other is told', async () => {
    const { locationId, units, sell } = await store(ROUNDS);
    for (const { imei, unitId } of units) {
      const lines = [{ identifier: imei }];
      const answers = await Promise.all([0, 1, 2, 3].map((n) => sell(n, { lines })));
      expect(answersOf(answers)).toEqual(['201', ...Array<string>(3).fill('409 UNIT_NOT_AVAILABLE')]);
      expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 1', 'SOLD 0 -1']);
    }
    expect(await standing(shop, locationId)).toEqual({ ALLOCATED: ROUNDS });
    expect(await chainBreaks(locationId)).toBe(0);
  });

  it('many sales at once, of two units each in opposite order, all end', async () => {
    const { locationId, units, sell } = await store(30);
    const answers = await Promise.all(
      units.flatMap(({ imei }, n) => {
        const next = units[(n + 1) % units.length]!.imei;
        return [
          sell(0, { lines: [{ identifier: imei }, { identifier: next }] }),
          sell(1, { lines: [{ identifier: next }, { identifier: imei }] }),
        ];
      }),
    );
    const sold = answers.filter(({ status }) => status === 201).length;
    expect(answersOf(answers).slice(sold)).toEqual(Array<string>(60 - sold).fill('409 UNIT_NOT_AVAILABLE'));
    expect(sold).toBeGreaterThan(0);
    expect((await standing(shop, locationId))['ALLOCATED']).toBe(2 * sold);
    expect(await chainBreaks(locationId)).toBe(0);
  });

  it('consume one reservation twice at once: one sale', async () => {
    const { locationId, units, tills, sell } = await store(ROUNDS);
    for (const { imei } of units) {
      const { body } = await tills[0].post<{ id: string }>('/v1/reservations', {
        purpose: 'POS_BASKET',
        lines: [{ identifier: imei }],
      });
      const answers = await Promise.all([0, 1].map((n) => sell(n, { reservationId: body.id })));
      expect(answersOf(answers)).toEqual(['201', '409 WRONG_STATE']);
    }
    expect(await shop.count('select count(*) from sale where location_id = $1', [locationId])).toBe(ROUNDS);
  });

  it('sells the last pieces of an accessory once', async () => {
    const { locationId, sell } = await store(0);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 10);
    const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => sell(n, { lines: [{ skuId: kit.skuId }] })));
    expect(answersOf(answers)).toEqual([
      ...Array<string>(10).fill('201'),
      ...Array<string>(6).fill('409 INSUFFICIENT_STOCK'),
    ]);
    expect(await shop.one('select on_hand, reserved from bulk_stock where sku_id = $1', [kit.skuId])).toEqual({
      on_hand: 0,
      reserved: 0,
    });
  });
});

describe('hand over and bring back twice at once', () => {
  it('does each once', async () => {
    const { locationId, units, tills, sell } = await store(ROUNDS);
    for (const { imei, unitId } of units) {
      const { body } = await sell(0, { lines: [{ identifier: imei }] });
      const given = await Promise.all(
        tills.map((till) => till.post<Sale>(`/v1/sales/${body.id}/hand-over`, { identifiers: [imei] })),
      );
      expect(answersOf(given)).toEqual(['200', '409 WRONG_STATE']);
      const back = { lineNo: 1, identifier: imei, reason: 'CHANGED_MIND' };
      const returned = await Promise.all(tills.map((till) => till.post<Sale>(`/v1/sales/${body.id}/return`, back)));
      expect(answersOf(returned)).toEqual(['200', '409 WRONG_STATE']);
      expect(await movementsOf(shop, unitId)).toEqual([
        ...['RECEIVED 1 1', 'SOLD 0 -1', 'HANDED_OVER -1 0', 'RETURNED 1 0 CHANGED_MIND'],
      ]);
      expect(await shop.count('select count(*) from stock_holding where unit_id = $1', [unitId])).toBe(2);
    }
    expect(await standing(shop, locationId)).toEqual({ QUARANTINE: ROUNDS });
    expect(await chainBreaks(locationId)).toBe(0);
  });
});

describe('bar a unit from sale while it is being sold', () => {
  it.each(['from the shelf', 'from a reservation'])('%s: it is never sold after it was barred', async (how) => {
    const office = await shop.backOffice();
    const { locationId, units, tills, sell } = await store(ROUNDS);
    for (const { imei, unitId } of units) {
      let form: object = { lines: [{ identifier: imei }] };
      if (how === 'from a reservation') {
        const { body } = await tills[0].post<{ id: string }>('/v1/reservations', { purpose: 'POS_BASKET', ...form });
        form = { reservationId: body.id };
      }
      const [sold, barred] = await Promise.all([
        sell(0, form),
        office.post<Sale>(`/v1/stock-units/${unitId}/encumber`, { kind: 'LEGAL_HOLD', reason: 'case 1' }),
      ]);
      expect(barred.status).toBe(200);
      const { disposition, encumbered } = await shop.one<{ disposition: string; encumbered: boolean }>(
        'select disposition, encumbered from stock_holding where unit_id = $1',
        [unitId],
      );
      expect(encumbered).toBe(true);
      const held = how === 'from a reservation' ? 'RESERVED' : 'QUARANTINE';
      expect(disposition).toBe(sold.status === 201 ? 'ALLOCATED' : held);
      if (sold.status !== 201) {
        expect([sold.status, ['UNIT_ENCUMBERED', 'UNIT_NOT_AVAILABLE'].includes(sold.body.code)]).toEqual([409, true]);
      }
      // Of the two acts, the sale came first or did not come about.
      const { rows } = await shop.db.query<{ act: string }>(
        `select act from history where chain = $1 and (subject_id = $2 or details ? 'totalMinor' and subject_id in
           (select sale_id from sale_line where unit_id = $2)) order by chain_seq`,
        [locationId, unitId],
      );
      expect(rows.map(({ act }) => act)).toEqual(sold.status === 201 ? ['sell', 'encumber'] : ['encumber']);
    }
  });
});

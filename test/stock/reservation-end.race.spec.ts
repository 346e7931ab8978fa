import { setTimeout as pause } from 'node:timers/promises';
import { disagreements, lapse, standing } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { reserveAt, shopfloor } from '../support/shopfloor.js';
import { OPEN_DOORS, tally, together } from '../support/till-drills.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ ...OPEN_DOORS, SWEEP_INTERVAL_MS: '150' });
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

const store = (units: number) => shopfloor(shop, units);

/** Makes a reservation run out in so many milliseconds. */
const lapseIn = (id: string, ms: number) =>
  shop.db.query(
    `with ended as (update reservation set expires_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1
                    returning id, expires_at)
     update stock_holding h set reserved_until = e.expires_at from ended e, reservation_line l
     where l.reservation_id = e.id and l.active and h.id = l.holding_id`,
    [id, ms],
  );

async function settled(id: string): Promise<string> {
  for (;;) {
    const { status } = await shop.one<{ status: string }>('select status from reservation where id = $1', [id]);
    if (status !== 'ACTIVE') return status;
    await pause(20);
  }
}

describe('the end of a reservation', () => {
  const sell = (till: Client, reservationId: string) =>
    till.post<{ code: string }>('/v1/sales', { reservationId, terms: 'FULL', currency: 'USD' });

  it('by its time or by a sale: exactly one of them, in 60 rounds', async () => {
    const { locationId, units, till } = await store(60);
    const outcomes = await Promise.all(
      units.map(async ({ imei }) => {
        const { body } = await reserveAt(till, [{ identifier: imei }]);
        await lapseIn(body.id, Math.random() * 120);
        await pause(Math.random() * 120);
        const sold = await sell(till, body.id);
        return `${sold.status === 201 ? 'sold' : sold.body.code} ${await settled(body.id)}`;
      }),
    );
    const sold = outcomes.filter((one) => one === 'sold CONSUMED').length;
    const expired = outcomes.filter((one) => one === 'RESERVATION_LAPSED EXPIRED').length;
    expect(sold + expired).toBe(60);
    expect(await standing(shop, locationId)).toEqual({
      ...(sold ? { ALLOCATED: sold } : {}),
      ...(expired ? { AVAILABLE: expired } : {}),
    });
    expect(await shop.count('select count(*) from sale where location_id = $1', [locationId])).toBe(sold);
  });

  it('by its time or by being held longer: exactly one of them, in 60 rounds', async () => {
    const { locationId, units, till } = await store(60);
    const outcomes = await Promise.all(
      units.map(async ({ imei }) => {
        const { body } = await reserveAt(till, [{ identifier: imei }]);
        await lapseIn(body.id, Math.random() * 120);
        await pause(Math.random() * 120);
        const extended = await till.post<{ code: string }>(`/v1/reservations/${body.id}/extend`, { minutes: 30 });
        if (extended.status === 200) {
          await pause(150);
          return `extended ${(await till.get<{ status: string }>(`/v1/reservations/${body.id}`)).body.status}`;
        }
        const why = await settled(body.id);
        return `${extended.body.code === 'WRONG_STATE' ? 'RESERVATION_LAPSED' : extended.body.code} ${why}`;
      }),
    );
    const extended = outcomes.filter((one) => one === 'extended ACTIVE').length;
    const expired = outcomes.filter((one) => one === 'RESERVATION_LAPSED EXPIRED').length;
    expect(extended + expired).toBe(60);
    expect((await standing(shop, locationId))['RESERVED'] ?? 0).toBe(extended);
  });

  it('by a release or by a sale: exactly one of them, in 40 rounds', async () => {
    const { locationId, units, till } = await store(40);
    const outcomes = await Promise.all(
      units.map(async ({ imei }) => {
        const { body } = await reserveAt(till, [{ identifier: imei }]);
        const [sold, released] = await Promise.all([
          sell(till, body.id),
          till.post<{ code: string }>(`/v1/reservations/${body.id}/release`),
        ]);
        return [tally([sold]), tally([released])].flatMap(Object.keys).join(', ');
      }),
    );
    const sold = outcomes.filter((one) => one === '201, 409 WRONG_STATE').length;
    const released = outcomes.filter((one) => one === '409 WRONG_STATE, 200').length;
    expect(sold + released).toBe(40);
    expect(await shop.count('select count(*) from sale where location_id = $1', [locationId])).toBe(sold);
  });

  it('makes room for exactly one of those who wait for it', async () => {
    for (let round = 0; round < 10; round++) {
      const { locationId, skuId, units, till } = await store(1);
      const first = await reserveAt(till, [{ skuId }]);
      await lapse(shop, first.body.id);
      const answers = await together(8, (n) => reserveAt(till, [n % 2 ? { skuId } : { identifier: units[0]!.imei }]));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(await standing(shop, locationId)).toEqual({ RESERVED: 1 });
      expect(await settled(first.body.id)).toBe('EXPIRED');
    }
  });
});

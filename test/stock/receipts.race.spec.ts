import { imeiOf15 } from '../../src/values/check-digits.js';
import { openShop, type Shop } from '../support/shop.js';

interface Answered {
  code?: string;
  errors?: { pointer: string }[];
}

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const TILLS = 12;
const asNew = { sku: { condition: 'NEW', grade: null } };
let serial = 0;
const newImei = () => imeiOf15(`35209901${String(++serial).padStart(6, '0')}`);

/** Tills, each of a store of its own, that receive the same handsets at once; the lists of every other one backwards. */
async function receiveAtOnce(skuId: string, identifiers: readonly string[], over: object = {}) {
  const stores: string[] = [];
  for (let n = 0; n < TILLS; n++) stores.push(await shop.make.location());
  const tills = await Promise.all(stores.map((store) => shop.associate(store, `till-${store}`)));
  const lists = tills.map((_, at) => (at % 2 ? [...identifiers].reverse() : identifiers));
  return Promise.all(
    tills.map((till, at) =>
      till.post<Answered>('/v1/receipts', {
        reference: 'DN-7',
        supplier: 'Ingram',
        units: lists[at]!.map((identifier) => ({
          ...{ identifier, skuId, costMinor: 52_000, currency: 'USD', provenance: 'NEW_PO' },
          ...over,
        })),
      }),
    ),
  );
}

const books = (skuId: string) =>
  shop.one(
    `select (select count(*)::int from stock_holding where sku_id = $1 and closed_at is null) as held,
            (select count(distinct location_id)::int from stock_holding where sku_id = $1 and closed_at is null) as stores,
            (select coalesce(sum(on_hand), 0)::int from stock_movement where sku_id = $1) as ledger,
            (select count(*)::int from receipt r where exists (
              select from stock_movement m where m.sku_id = $1 and m.document_id = r.id)) as receipts,
            (select count(*)::int from outbox_event e join receipt r on r.id = e.aggregate_id where exists (
              select from stock_movement m where m.sku_id = $1 and m.document_id = r.id)) as events`,
    [skuId],
  );

describe('many tills receiving the same handsets at once', () => {
  it('lets exactly one have handsets that we never had', async () => {
    const { skuId } = await shop.make.sku(asNew);
    const answers = await receiveAtOnce(skuId, [newImei(), newImei(), newImei()]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 201);
    expect(new Set(others.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['409 ALREADY_IN_STOCK']),
    );
    expect(await books(skuId)).toEqual({ held: 3, stores: 1, ledger: 3, receipts: 1, events: 1 });
    expect(
      await shop.count('select count(*) from stock_unit u join sku s using (variant_id) where s.id = $1', [skuId]),
    ).toBe(3);
  });

  it('lets exactly one have a handset that comes back, and tells the others which line it was', async () => {
    const sku = await shop.make.sku(asNew);
    const before = { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' };
    const store = await shop.make.location();
    const [one, two] = [await shop.make.unit(sku, store, before), await shop.make.unit(sku, store, before)];
    const answers = await receiveAtOnce(sku.skuId, [one.imei, two.imei], { provenance: 'TRADE_IN' });
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { body } of answers.filter(({ status }) => status !== 201)) {
      expect(body).toMatchObject({
        code: 'ALREADY_IN_STOCK',
        errors: [{ pointer: '/units/0/identifier' }, { pointer: '/units/1/identifier' }],
      });
    }
    // The receipts before they were sold are in the ledger as well.
    expect(await books(sku.skuId)).toEqual({ held: 2, stores: 1, ledger: 4, receipts: 1, events: 1 });
  });
});

describe('many tills receiving pieces of one accessory at once', () => {
  it('loses none of them', async () => {
    const store = await shop.make.location();
    const kits = [await shop.make.accessory(), await shop.make.accessory()];
    const tills = await Promise.all(Array.from({ length: TILLS }, (_, at) => shop.associate(store, `till-${at}`)));
    const answers = await Promise.all(
      tills.map((till, at) =>
        till.post('/v1/receipts', {
          ...{ reference: 'DN-8', supplier: 'Ingram' },
          pieces: (at % 2 ? [...kits].reverse() : kits).map(({ skuId }) => ({ skuId, quantity: 10 })),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    for (const { skuId } of kits) {
      const counted = await shop.one(
        `select on_hand, (select sum(on_hand)::int from stock_movement where sku_id = $1) as ledger from bulk_stock where sku_id = $1`,
        [skuId],
      );
      expect(counted).toEqual({ on_hand: 10 * TILLS, ledger: 10 * TILLS });
    }
  });
});

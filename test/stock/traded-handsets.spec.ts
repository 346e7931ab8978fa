import { movementsOf, books, disagreements, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY } from '../support/shopfloor.js';
import type { Unit as ShownUnit } from '../support/unit-on-shelf.js';
import { ANOTHER_DOCUMENT, BY, DOCUMENT, type TradeInDesk, tradeInDesk } from './handed-in.js';
import { bench } from './bench.js';

type Unit = ShownUnit & { variantId: string; identifiers: object[] };

let shop: Shop;
let desk: TradeInDesk;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  desk = await tradeInDesk(shop);
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const show = async (unitId: string) => (await office.get<Unit>(`/v1/stock-units/${unitId}`)).body;
const refusedStep = async (act: () => Promise<unknown>): Promise<unknown> => {
  const before = await books(shop);
  const refusal = await act().then(
    () => undefined,
    (thrown: { code?: string; facts?: object }) => ({ code: thrown.code, ...thrown.facts }),
  );
  expect(await books(shop)).toEqual(before);
  return refusal;
};
const toldOf = async (unitId: string) =>
  (
    await shop.db.query<{ act: string }>(
      `select act || coalesce(' ' || to_state, '') as act from history where subject_id = $1 order by occurred_at`,
      [unitId],
    )
  ).rows.map(({ act }) => act);

describe('take a handset in', () => {
  it('opens a holding of its own, not ours yet, as what it is: used', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const { unitId, holdingId } = await desk.handedIn(sku, locationId, {
      imei14s: ['35676105900001', '35676105900002'],
      sealedBag: 'BAG-7',
    });
    expect(await show(unitId)).toMatchObject({
      variantId: sku.variantId,
      identifiers: [
        { kind: 'IMEI', value: '356761059000015', position: 1 },
        { kind: 'IMEI', value: '356761059000023', position: 2 },
      ],
      holding: {
        ...{ id: holdingId, locationId, disposition: 'TRADE_IN_INTAKE', provenance: 'TRADE_IN', costMinor: null },
        ...{ lockState: 'UNKNOWN', erasure: 'PENDING', kitComplete: false, cosmetic: null, functional: null },
      },
      possibleActs: ['miss', 'writeOff', 'reportStolen', 'acquire', 'returnToSeller', 'surrender', 'recycle'],
    });
    const kept = await shop.one(
      `select s.condition, s.grade, s.code like '%-USED' as named, h.sealed_bag, m.document_id, m.kind
       from stock_holding h join sku s on s.id = h.sku_id join stock_movement m on m.holding_id = h.id where h.id = $1`,
      [holdingId],
    );
    expect(kept).toEqual({
      ...{ condition: 'USED', grade: null, named: true, sealed_bag: 'BAG-7', document_id: DOCUMENT, kind: 'RECEIVED' },
    });
    expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 0']);
    expect(await toldOf(unitId)).toEqual(['takeIn TRADE_IN_INTAKE']);
  });

  it('knows a handset that we sold: the same unit, its hardware, a second holding at a cost of its own', async () => {
    const [locationId, sku, other] = [await shop.make.location(), await shop.make.sku(), await shop.make.sku()];
    const sold = await shop.make.unit(sku, locationId);
    const till = await shop.associate(locationId);
    const sale = { lines: [{ identifier: sold.imei }], terms: 'FULL', currency: 'USD' };
    const { body } = await till.post<{ id: string }>('/v1/sales', sale);
    await till.post(`/v1/sales/${body.id}/hand-over`, { identifiers: [sold.imei] });
    const imei14s = [sold.imei.slice(0, 14), '35676105900009'];
    const back = await desk.handedIn(other, locationId, { imei14s, costMinor: 2000 });
    expect(back.unitId).toBe(sold.unitId);
    const unit = await show(back.unitId);
    expect([unit.variantId, unit.holding.disposition, unit.holding['costMinor']]).toEqual([
      sku.variantId,
      'QUARANTINE',
      2000,
    ]);
    expect(unit.identifiers).toHaveLength(2);
    const { rows } = await shop.db.query(
      'select disposition, cost_minor from stock_holding where unit_id = $1 order by received_at',
      [back.unitId],
    );
    expect(rows).toEqual([
      { disposition: 'SOLD', cost_minor: '2000' },
      { disposition: 'QUARANTINE', cost_minor: '2000' },
    ]);
    expect((await movementsOf(shop, back.unitId)).slice(-2)).toEqual(['RECEIVED 1 0', 'ACQUIRED 0 0 AWAITING_ERASURE']);
  });

  it('is refused for a handset we have, for the IMEIs of two, and for one IMEI too many', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const here = await shop.make.unit(sku, locationId);
    const one = await desk.handedIn(sku, locationId, { imei14s: ['35676105900011', '35676105900012'] });
    await desk.step('giveBack', {
      unitId: one.unitId,
      documentId: DOCUMENT,
      how: 'RETURNED_TO_SELLER',
      reason: 'CUSTOMER_DECLINED',
    });
    const take = (imei14s: string[], at = locationId) => refusedStep(() => desk.handedIn(sku, at, { imei14s }));
    expect(await take([here.imei.slice(0, 14)])).toEqual({ code: 'ALREADY_IN_STOCK', unitId: here.unitId });
    expect(await take([here.imei.slice(0, 14), '35676105900011'])).toEqual({ code: 'IDENTITY_CONFLICT' });
    expect(await take(['35676105900011', '35676105900013'])).toEqual({ code: 'IDENTITY_CONFLICT' });
    expect(await take(['35676105900014'], NOBODY)).toEqual({ code: 'NOT_FOUND' });
    const unknown = { ...sku, variantId: NOBODY };
    expect(await refusedStep(() => desk.handedIn(unknown, locationId))).toEqual({ code: 'NOT_FOUND' });
  });

  it('is never done twice at once, and makes the SKU once', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const twins = Array.from({ length: 12 }, () => desk.handedIn(sku, locationId, { imei14s: ['35676105900021'] }));
    const others = Array.from({ length: 6 }, () => desk.handedIn(sku, locationId));
    const ends = await Promise.allSettled([...twins, ...others]);
    expect(ends.slice(0, 12).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ends.slice(12).filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    expect(
      await shop.count(`select count(*) from sku where variant_id = $1 and condition = 'USED'`, [sku.variantId]),
    ).toBe(1);
    expect(await shop.count('select count(*) from stock_holding where location_id = $1', [locationId])).toBe(7);
  });
});

describe('pay for it, or let it go', () => {
  it('is ours once: at one cost, told to the audit', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const { unitId } = await desk.handedIn(sku, locationId, { costMinor: 1500 });
    expect(await toldOf(unitId)).toEqual(['takeIn TRADE_IN_INTAKE', 'acquire QUARANTINE']);
    const audited = await shop.one(
      `select details, reason, actor, hash is not null as hashed from history where subject_id = $1 and act = 'acquire'`,
      [unitId],
    );
    expect(audited).toEqual({
      ...{ details: { costMinor: 1500, documentId: DOCUMENT }, reason: 'AWAITING_ERASURE' },
      ...{ actor: BY.actor, hashed: true },
    });
    const again = { unitId, costMinor: 9, documentId: ANOTHER_DOCUMENT };
    expect(await refusedStep(() => desk.step('acquire', again))).toEqual({ code: 'WRONG_STATE', state: 'QUARANTINE' });
    expect(await refusedStep(() => desk.step('acquire', { ...again, unitId: NOBODY }))).toEqual({ code: 'NOT_FOUND' });
  });

  it.each([
    ['RETURNED_TO_SELLER', 'GIVEN_BACK'],
    ['SURRENDERED', 'SURRENDERED'],
    ['RECYCLED', 'RECYCLED'],
  ] as const)('leaves the house %s, once', async (how, kind) => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const { unitId } = await desk.handedIn(sku, locationId);
    const back = { unitId, documentId: DOCUMENT, how, reason: 'CUSTOMER_DECLINED' };
    await desk.step('giveBack', back);
    expect((await show(unitId)).holding).toMatchObject({ disposition: how });
    expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 0', `${kind} -1 0 CUSTOMER_DECLINED`]);
    expect(await refusedStep(() => desk.step('giveBack', back))).toEqual({ code: 'NOT_FOUND' });
  });

  it('is not let go from the shelf, nor under a legal hold but to the police', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const shelved = await shop.make.unit(sku, locationId);
    const give = (unitId: string, how: 'RETURNED_TO_SELLER' | 'SURRENDERED' | 'RECYCLED') =>
      desk.step('giveBack', { unitId, documentId: DOCUMENT, how, reason: 'STOLEN' });
    expect(await refusedStep(() => give(shelved.unitId, 'SURRENDERED'))).toMatchObject({
      ...{ code: 'WRONG_STATE', state: 'AVAILABLE' },
    });
    const { unitId } = await desk.handedIn(sku, locationId);
    await desk.step('hold', { unitId, reason: 'POLICE_INQUIRY', until: null, documentId: DOCUMENT });
    const onHold = { code: 'UNIT_ON_HOLD', until: null };
    expect(await refusedStep(() => give(unitId, 'RETURNED_TO_SELLER'))).toEqual(onHold);
    expect(await refusedStep(() => give(unitId, 'RECYCLED'))).toEqual(onHold);
    await give(unitId, 'SURRENDERED');
    expect((await show(unitId)).holding.disposition).toBe('SURRENDERED');
  });

  it('bars it for one thing once', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const { unitId } = await desk.handedIn(sku, locationId);
    const bar = { unitId, kind: 'BLOCK_LISTED', reason: 'BLOCKLISTED' } as const;
    await desk.step('bar', bar);
    expect(await refusedStep(() => desk.step('bar', bar))).toBeUndefined();
    expect((await show(unitId)).encumbrances).toMatchObject([
      { kind: 'BLOCK_LISTED', placedBy: BY.actor, until: null },
    ]);
    expect(await refusedStep(() => desk.step('bar', { ...bar, unitId: NOBODY }))).toEqual({ code: 'NOT_FOUND' });
  });
});

describe('value a handset anew', () => {
  it('leaves on its cost what was spent on it since', async () => {
    const one = await bench(shop, desk);
    await one.certify();
    const { id } = (await one.open()).body;
    await one.act(id, 'start');
    expect((await one.act(id, 'record-labour', { minutes: 20, work: 'Keyboard' })).status).toBeLessThan(300);
    expect(await one.cost()).toBe(2000 + 1000);
    await desk.step('revalue', { unitId: one.unitId, costMinor: 1500, documentId: DOCUMENT });
    expect(await one.cost()).toBe(1500 + 1000);
    expect(
      await shop.one(`select details from history where subject_id = $1 and act = 'revalue'`, [one.unitId]),
    ).toEqual({ details: { documentId: DOCUMENT, costMinor: 2500, wasMinor: 3000 } });
  });
});

describe('what other rooms are told of a handset', () => {
  it('says how it stands with us, and nothing once we do not have it', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const { unitId, imei14 } = await desk.handedIn(sku, locationId);
    expect(await desk.recordOf(imei14)).toMatchObject({ unitId, held: 'TRADE_IN_INTAKE', sold: false });
    await desk.step('giveBack', { unitId, documentId: DOCUMENT, how: 'RECYCLED', reason: 'CUSTOMER_DECLINED' });
    expect(await desk.recordOf(imei14)).toMatchObject({ unitId, held: null, sold: false });
    expect(await desk.recordOf('35676105999999')).toMatchObject({ unitId: null, held: null, sold: null });
  });

  it('is far from the shelf as it was handed in, and no customer is shown it', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const { unitId } = await desk.handedIn(sku, locationId);
    const customer = await shop.customer();
    const model = await customer.get<{ offers: { code: string }[] }>(`/v1/catalogue/${sku.modelId}`);
    expect(model.body.offers.map(({ code }) => code)).toEqual([sku.code]);
    const refusal = await refused(
      shop,
      () => office.post(`/v1/stock-units/${unitId}/make-available`),
      409,
      'NOT_READY_FOR_SALE',
    );
    expect(refusal.facts['reasons']).toEqual(expect.arrayContaining(['NOT_REFURBISHED', 'COST_UNKNOWN', 'NOT_ERASED']));
  });
});

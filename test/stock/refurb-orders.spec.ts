import { newId } from '../../src/values/id.js';
import { disagreements, faultsOf, movementsOf, refused } from '../support/books.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY } from '../support/shopfloor.js';
import { BACK_OFFICE } from '../support/tokens.js';
import { bench, GRADING, type Order, PLANNED } from './bench.js';
import { DOCUMENT, type TradeInDesk, tradeInDesk } from './handed-in.js';

let shop: Shop;
let desk: TradeInDesk;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  desk = await tradeInDesk(shop);
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(async () => {
  await desk.close();
  await shop.close();
});

describe('the handset on its way back to the shelf', () => {
  it('is repaired, erased, tested, graded and sold again at a cost and margin of its own', async () => {
    const { unitId, holdingId, partSkuId, locationId, open, act, certify, report, cost, unit } = await bench(
      shop,
      desk,
    );
    const { status, body: opened } = await open();
    expect([status, opened.status, opened.acquisitionMinor, opened.estimatedMinor, opened.berProposed]).toEqual([
      ...[201, 'PLANNED', 2000, 2700, false],
    ]);
    const { id } = opened;
    const parts = [{ skuId: partSkuId, quantity: 2, unitCostMinor: 450 }];
    const reserved = (await act(id, 'reserve-parts', { parts })).body;
    expect([reserved.status, reserved.parts]).toMatchObject(['PARTS_RESERVED', [{ quantity: 2, status: 'RESERVED' }]]);
    await act(id, 'start');
    const used = (await act(id, 'use-part', { partId: reserved.parts[0]!.id })).body;
    expect([used.spentMinor, await cost()]).toEqual([900, 2900]);
    const worked = (await act(id, 'record-labour', { minutes: 25, work: 'Keyboard and battery changed' })).body;
    expect([worked.spentMinor, worked.labourMinutes, await cost()]).toEqual([2150, 25, 4150]);
    await certify();
    expect((await act(id, 'confirm-erasure')).body.status).toBe('ERASED');
    expect((await report()).body).toMatchObject({ functional: 1, untested: [] });
    expect((await act(id, 'confirm-tests')).body.status).toBe('TESTED');
    const graded = (await act(id, 'grade', GRADING)).body;
    expect([graded.status, graded.grade]).toEqual(['GRADED', 'EXCELLENT']);
    const closed = (await act(id, 'close', { outcome: 'REPAIRED' })).body;
    expect([closed.status, closed.outcome, closed.possibleActs]).toEqual(['CLOSED', 'REPAIRED', []]);
    expect((await unit()).holding).toMatchObject({
      ...{ id: holdingId, disposition: 'INSPECTION', costMinor: 4150, functional: 1, cosmetic: 'B', batteryPct: 100 },
      ...{ erasure: 'PASS', kitComplete: true, warrantyDays: 90, gradeProfile: '2026-1' },
    });
    const made = await shop.one<{ id: string; condition: string; grade: string }>(
      'select s.id, s.condition, s.grade from stock_holding h join sku s on s.id = h.sku_id where h.id = $1',
      [holdingId],
    );
    expect([made.condition, made.grade]).toEqual(['REFURBISHED', 'EXCELLENT']);
    const till = await shop.associate(locationId);
    expect((await till.post(`/v1/stock-units/${unitId}/make-available`)).status).toBe(200);
    const sale = {
      lines: [
        {
          identifier: (await till.get<{ identifiers: { value: string }[] }>(`/v1/stock-units/${unitId}`)).body
            .identifiers[0]!.value,
        },
      ],
    };
    const unpriced = { ...sale, terms: 'FULL', currency: 'USD' };
    await refused(shop, () => till.post('/v1/sales', unpriced), 409, 'NOT_SOLD_HERE');
    await shop.make.price(made.id);
    await shop.make.insert('sku_channel', { id: NOBODY, sku_id: made.id, channels: ['IN_STORE'] });
    expect((await till.post<{ totalMinor: number }>('/v1/sales', unpriced)).body.totalMinor).toBe(38_400);
    expect((await movementsOf(shop, unitId)).filter((move) => !move.includes('REGRADED'))).toEqual([
      ...['RECEIVED 1 0', 'ACQUIRED 0 0 AWAITING_ERASURE', 'TRIAGED 0 0', 'REFURB_BEGUN 0 0', 'CAPITALISED 0 0 PART'],
      ...['CAPITALISED 0 0 LABOUR', 'REFURB_ENDED 0 0 REPAIRED', 'MADE_AVAILABLE 0 1', 'SOLD 0 -1'],
    ]);
    const { rows } = await shop.db.query<{ payload: { amountMinor: number } }>(
      `select payload from outbox_event where type = 'refurb-cost.capitalised' and aggregate_id = $1 order by occurred_at`,
      [unitId],
    );
    expect(rows.map(({ payload }) => payload.amountMinor)).toEqual([900, 1250]);
  });

  it('takes one order at a time, on a handset in triage that we know the cost of', async () => {
    const { open, act, office, unitId } = await bench(shop, desk, { triage: false });
    expect((await refused(shop, open, 409, 'WRONG_STATE')).facts['state']).toBe('QUARANTINE');
    await office.post(`/v1/stock-units/${unitId}/triage`);
    const { body } = await open();
    await refused(shop, open, 409, 'WRONG_STATE');
    await refused(shop, () => act(NOBODY, 'start'), 404, 'NOT_FOUND');
    const elsewhere = await shop.as({
      ...BACK_OFFICE,
      sub: 'manager-2',
      role: 'ASSOCIATE',
      store_id: await shop.make.location(),
    });
    await refused(shop, () => act(body.id, 'start', {}, elsewhere), 404, 'NOT_FOUND');
    const stale = () => office.post(`/v1/refurb-orders/${body.id}/start`, {}, { headers: { 'if-match': '"9"' } });
    await refused(shop, stale, 412, 'STALE');
    await shop.db.query(`update stock_holding set cost_minor = null where unit_id = $1`, [unitId]);
    await act(body.id, 'give-up', { outcome: 'BER' });
    await refused(shop, open, 409, 'COST_UNKNOWN');
  });

  it('wants each proof before it goes on', async () => {
    const { open, act, certify, report } = await bench(shop, desk);
    const { id } = (await open()).body;
    await report();
    await act(id, 'start');
    const proof = async (name: string, body: object = {}) =>
      (await refused(shop, () => act(id, name, body), 409, 'PROOF_MISSING')).facts['proof'];
    expect(await proof('confirm-erasure')).toBe('ERASURE_CERTIFICATE');
    await certify({ result: 'FAIL' });
    expect(await proof('confirm-erasure')).toBe('ERASURE_CERTIFICATE');
    await certify();
    await act(id, 'confirm-erasure');
    expect(await proof('confirm-tests')).toBe('DIAGNOSTIC_REPORT');
    expect((await report({ PHYSICAL_KEYBOARD: 'SKIPPED', NFC: 'FAIL' })).body).toMatchObject({
      ...{ functional: null, untested: ['PHYSICAL_KEYBOARD'] },
    });
    const { facts } = await refused(shop, () => act(id, 'confirm-tests'), 409, 'PROOF_MISSING');
    expect(facts).toEqual({ proof: 'DIAGNOSTIC_REPORT', untested: ['PHYSICAL_KEYBOARD'] });
    await report({ NFC: 'FAIL', SD_SLOT: 'NOT_APPLICABLE' });
    await act(id, 'confirm-tests');
    const excellent = await refused(shop, () => act(id, 'grade', { ...GRADING, cosmetic: 'C' }), 400, 'INVALID_INPUT');
    expect(faultsOf(excellent)).toEqual(['/disclosure REQUIRED']);
    const told = { ...GRADING, cosmetic: 'C', disclosure: 'NFC does not work' };
    await refused(shop, () => act(id, 'grade', { ...told, cosmetic: 'D' }), 409, 'NO_RETAIL_GRADE');
    expect((await act(id, 'grade', told)).body.grade).toBe('FAIR');
  });

  it('takes no report of tests that were done before the work began, however late it is recorded', async () => {
    const { unitId, open, act, certify, report } = await bench(shop, desk);
    await certify();
    const { id } = (await open()).body;
    await act(id, 'start');
    await act(id, 'confirm-erasure');
    await report();
    await shop.db.query(`update refurb_order set started_at = started_at + interval '2 minutes' where id = $1`, [id]);
    await shop.db.query(
      `insert into diagnostic_report (id, unit_id, holding_id, location_id, plan, tool, tool_version, operator, station,
         performed_at, results, functional, disclose, untested, recorded_by, recorded_at)
       select gen_random_uuid(), unit_id, holding_id, location_id, plan, tool, tool_version, operator, station,
         performed_at, results, functional, disclose, untested, recorded_by, recorded_at + interval '3 minutes'
       from diagnostic_report where unit_id = $1`,
      [unitId],
    );
    await refused(shop, () => act(id, 'confirm-tests'), 409, 'PROOF_MISSING');
  });

  it('goes back to the bench, waits, and goes on where it was', async () => {
    const { open, act, certify, report } = await bench(shop, desk);
    const { id } = (await open()).body;
    await act(id, 'start');
    await certify();
    await act(id, 'confirm-erasure');
    await report({ EARPIECE: 'FAIL' });
    await act(id, 'confirm-tests');
    await refused(shop, () => act(id, 'grade', GRADING), 409, 'NO_RETAIL_GRADE');
    const held = (await act(id, 'hold', { reason: 'Earpieces come on Monday' })).body;
    expect([held.status, held.heldFrom, held.possibleActs]).toEqual(['ON_HOLD', 'TESTED', ['resume', 'giveUp']]);
    expect((await act(id, 'resume')).body).toMatchObject({ status: 'TESTED', heldFrom: null });
    expect((await act(id, 'rework', { reason: 'Earpiece' })).body.status).toBe('REWORK');
    await act(id, 'start');
    await act(id, 'confirm-erasure');
    await refused(shop, () => act(id, 'confirm-tests'), 409, 'PROOF_MISSING');
    await report();
    expect((await act(id, 'confirm-tests')).body.status).toBe('TESTED');
  });

  it('is given up when it is not worth it: its parts go back, what was spent stays', async () => {
    const { unitId, partSkuId, locationId, open, act, cost, unit, office } = await bench(shop, desk);
    const { id } = (await open()).body;
    const parts = [{ skuId: partSkuId, quantity: 1, unitCostMinor: 500 }];
    await act(id, 'reserve-parts', { parts });
    const { body } = await act(id, 'reserve-parts', { parts: [...parts, ...parts] });
    await act(id, 'start');
    await act(id, 'use-part', { partId: body.parts[0]!.id });
    await refused(shop, () => act(id, 'use-part', { partId: body.parts[0]!.id }), 404, 'NOT_FOUND');
    expect((await act(id, 'give-up', { outcome: 'PARTS_UNAVAILABLE' })).body).toMatchObject({
      ...{ status: 'BER', outcome: 'PARTS_UNAVAILABLE', spentMinor: 500 },
      parts: [{ status: 'USED' }, { status: 'RELEASED' }, { status: 'RELEASED' }],
    });
    expect([(await unit()).holding['disposition'], await cost()]).toEqual(['TRIAGE', 2500]);
    const left = await shop.one('select on_hand, reserved from bulk_stock where location_id = $1 and sku_id = $2', [
      ...[locationId, partSkuId],
    ]);
    expect(left).toEqual({ on_hand: 2, reserved: 0 });
    const orders = await office.get<{ items: Order[] }>(`/v1/refurb-orders?unitId=${unitId}&status=BER`);
    expect(orders.body.items.map((order) => order.id)).toEqual([id]);
  });

  it('goes on against its economy only when somebody else says so', async () => {
    const { open, act, office } = await bench(shop, desk);
    const { body } = await open({ expectedSaleMinor: 4699 });
    expect(body.berProposed).toBe(true);
    const { facts } = await refused(shop, () => act(body.id, 'start'), 409, 'BEYOND_ECONOMIC_REPAIR');
    expect(facts).toEqual({ acquisitionMinor: 2000, estimatedMinor: 2700, expectedSaleMinor: 4699 });
    const approve = { reason: 'The last of its kind' };
    await refused(shop, () => act(body.id, 'approve', approve), 403, 'SECOND_PERSON_NEEDED');
    const second = await shop.as({ ...BACK_OFFICE, sub: 'back-office-2' });
    expect((await act(body.id, 'approve', approve, second)).body.approvedBy).toBe('back-office-2');
    await refused(shop, () => act(body.id, 'approve', approve, second), 409, 'WRONG_STATE');
    expect((await act(body.id, 'start')).status).toBe(200);
    const other = await bench(shop, desk);
    const exact = await other.open({ expectedSaleMinor: 4700 });
    expect(exact.body.berProposed).toBe(false);
    await refused(shop, () => office.post(`/v1/refurb-orders/${exact.body.id}/approve`, approve), 409, 'WRONG_STATE');
    await other.act(exact.body.id, 'start');
    const long = await other.act(exact.body.id, 'record-labour', { minutes: 60, work: 'Searched for the fault' });
    expect([long.status, long.body.berProposed]).toEqual([200, true]);
  });

  it('stands still under a legal hold: it may wait or be given up, and nothing else', async () => {
    const { unitId, partSkuId, open, act } = await bench(shop, desk);
    const { id } = (await open()).body;
    await desk.step('hold', { unitId, reason: 'POLICE_INQUIRY', until: null, documentId: DOCUMENT });
    const onHold = (name: string, body: object = {}) => refused(shop, () => act(id, name, body), 409, 'UNIT_ON_HOLD');
    await onHold('start');
    await onHold('reserve-parts', { parts: [{ skuId: partSkuId, quantity: 1, unitCostMinor: 1 }] });
    expect((await act(id, 'hold', { reason: 'The police asked' })).status).toBe(200);
    await onHold('resume');
    await desk.step('liftHold', { unitId, reason: 'Released' });
    expect((await act(id, 'resume')).body.status).toBe('PLANNED');
  });

  it('is refused parts that are not there, all of them', async () => {
    const { partSkuId, open, act } = await bench(shop, desk);
    const { id } = (await open()).body;
    const part = { skuId: partSkuId, quantity: 2, unitCostMinor: 1 };
    const { facts } = await refused(
      shop,
      () => act(id, 'reserve-parts', { parts: [part, part] }),
      409,
      'INSUFFICIENT_STOCK',
    );
    expect(facts).toEqual({ skuId: partSkuId, wanted: 2 });
    const bad = { ...PLANNED, labourRateMinor: -1, estimatedMinutes: 1.5 };
    expect(faultsOf(await refused(shop, () => open(bad), 400, 'INVALID_INPUT'))).toEqual([
      ...['/labourRateMinor MIN', '/estimatedMinutes IS_INT'],
    ]);
  });
});

describe('a handset that is not repaired', () => {
  const papers = {
    ...{ vendor: 'Second Life Inc.', scheme: 'R2V3', certificate: 'R2-77', leftOn: '2026-11-20' },
    ...{ documentReference: 'Manifest 9', proceedsMinor: 900 },
  };

  it.each([
    ['wholesale', 'WHOLESALED', 'WHOLESALE'],
    ['harvest', 'HARVESTED', 'HARVEST'],
    ['recycle', 'RECYCLED', 'RECYCLING'],
  ])('leaves by %s, sealed while data are on it, and its record stays', async (way, disposition, stream) => {
    const { unitId, holdingId, office, unit } = await bench(shop, desk);
    const send = (over: object = {}) => office.post(`/v1/stock-units/${unitId}/${way}`, { ...papers, ...over });
    expect(faultsOf(await refused(shop, send, 400, 'INVALID_INPUT'))).toEqual(['/sealedBag DATA_ON_IT']);
    const half = () => send({ certificate: undefined, sealedBag: 'BAG-1' });
    expect(faultsOf(await refused(shop, half, 400, 'INVALID_INPUT'))).toEqual(['/certificate SCHEME_AND_CERTIFICATE']);
    const { status, body } = await send({ sealedBag: 'BAG-1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{
        unitId,
        holdingId,
        stream,
        erased: false,
        sealedBag: 'BAG-1',
        costMinor: 2000,

        ...papers,
      },
    });
    expect((await unit()).holding).toMatchObject({ disposition });
    expect((await office.get(`/v1/downstream-records/${String(body['id'])}`)).body).toEqual(body);
    const list = await office.get<{ items: object[] }>(`/v1/downstream-records?stream=${stream}`);
    expect(list.body.items[0]).toEqual(body);
    await refused(shop, () => send({ sealedBag: 'BAG-1' }), 404, 'NOT_FOUND');
    await expect(shop.db.query('delete from downstream_record')).rejects.toThrow('append-only');
  });

  it('stays under a legal hold, is not sold while it is barred, and goes to certified recyclers only', async () => {
    const { unitId, office, certify } = await bench(shop, desk);
    await certify();
    const send = async (way: string, over: object = {}) =>
      (await office.post(`/v1/stock-units/${unitId}/${way}`, { ...papers, ...over })).body['code'];
    const listed = { kind: 'BLOCK_LISTED', reason: 'Reported stolen' };
    await shop.make.insert('unit_encumbrance', { id: newId(), unit_id: unitId, placed_by: 'test', ...listed });
    await shop.db.query('update stock_holding set encumbered = true where unit_id = $1', [unitId]);
    expect(await send('wholesale')).toBe('UNIT_ENCUMBERED');
    await shop.db.query(`update unit_encumbrance set kind = 'LEGAL_HOLD' where unit_id = $1`, [unitId]);
    for (const way of ['wholesale', 'harvest', 'recycle']) expect(await send(way)).toBe('UNIT_ON_HOLD');
    await shop.db.query(`update unit_encumbrance set until = now() where unit_id = $1`, [unitId]);
    expect(await send('recycle', { scheme: 'NONE', certificate: undefined })).toBe('INVALID_INPUT');
    expect((await office.post(`/v1/stock-units/${unitId}/wholesale`, papers)).status).toBe(200);
  });
});

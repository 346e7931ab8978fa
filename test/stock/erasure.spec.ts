import { imeiOf15 } from '../../src/values/check-digits.js';
import { disagreements, faultsOf, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY } from '../support/shopfloor.js';
import { BENCH, ERASED, unitOn } from '../support/unit-on-shelf.js';
import { DOCUMENT, type TradeInDesk, tradeInDesk } from './handed-in.js';

interface Certificate {
  id: string;
  holdingId: string;
  result: string;
}

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

const handedIn = async () => {
  const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
  const unit = await desk.handedIn(sku, locationId, { costMinor: 2000 });
  const till = await shop.associate(locationId);
  const at = `/v1/stock-units/${unit.unitId}`;
  const certify = (over: object = {}, headers = {}) =>
    till.post<Certificate>(`${at}/erasure-certificates`, { ...ERASED, ...over }, { headers });
  const erasure = async () =>
    (await shop.one<{ erasure: string }>('select erasure from stock_holding where id = $1', [unit.holdingId])).erasure;
  return { ...unit, sku, locationId, till, at, certify, erasure };
};

describe('an erasure certificate', () => {
  it('tells all that NIST SP 800-88 asks for, of the handset as our books know it, and sets the erasure', async () => {
    const { unitId, holdingId, locationId, imei14, till, at, certify, erasure } = await handedIn();
    const { status, body } = await certify();
    expect([status, await erasure()]).toEqual([201, 'PASS']);
    const { performedAt, ...rest } = ERASED;
    expect(body).toMatchObject({
      ...{ unitId, holdingId, locationId, maker: 'BlackBerry', identifierKind: 'IMEI', recordedBy: 'associate-1' },
      ...rest,
      performedAt,
    });
    expect((body as unknown as { identifier: string }).identifier.slice(0, 14)).toBe(imei14);
    expect((body as unknown as { model: string }).model).toMatch(/^Q10 \d+ SQN100-1 16 GB Black$/);
    expect((await till.get(`/v1/erasure-certificates/${body.id}`)).body).toEqual(body);
    expect((await till.get<{ items: object[] }>(`${at}/erasure-certificates`)).body.items).toEqual([body]);
    const audited = await shop.one(
      `select details, to_state, hash is not null as hashed from history where subject_id = $1 and act = 'certifyErasure'`,
      [unitId],
    );
    expect(audited).toEqual({
      details: { certificateId: body.id, holdingId, method: 'PURGE', result: 'PASS' },
      ...{ to_state: 'PASS', hashed: true },
    });
    await expect(shop.db.query('delete from erasure_certificate')).rejects.toThrow('append-only');
    await expect(shop.db.query(`update erasure_certificate set result = 'PASS'`)).rejects.toThrow('append-only');
  });

  it('counts by when it was done, not by when it was written down', async () => {
    const { certify, erasure } = await handedIn();
    const later = new Date().toISOString();
    await certify({ result: 'FAIL', performedAt: later });
    await certify({ performedAt: new Date(Date.parse(later) - 30_000).toISOString() });
    expect(await erasure()).toBe('FAIL');
    await certify({ performedAt: new Date(Date.parse(later) + 1000).toISOString() });
    expect(await erasure()).toBe('PASS');
  });

  it('is refused where it contradicts itself or the books', async () => {
    const { certify } = await handedIn();
    const faults = async (over: object) => faultsOf(await refused(shop, () => certify(over), 400, 'INVALID_INPUT'));
    expect(await faults({ method: 'DESTROY' })).toEqual(['/destination DESTROYED']);
    expect(await faults({ reportSha256: undefined })).toEqual(['/reportSha256 REQUIRED']);
    expect(await faults({ performedAt: '2013-05-01T00:00:00Z' })).toEqual(['/performedAt BEFORE_IT_CAME']);
    expect(await faults({ performedAt: '2099-05-01T00:00:00Z' })).toEqual(['/performedAt IN_THE_FUTURE']);
    expect(await faults({ method: 'WIPE', result: 'MAYBE' })).toEqual(['/method IS_IN', '/result IS_IN']);
    await refused(shop, () => certify({}, { 'if-match': '"99"' }), 412, 'STALE');
  });

  it('is refused for data that are not ours to erase: not paid for, on hold, on the shelf, or elsewhere', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const till = await shop.associate(locationId);
    const post = (unitId: string, client = till) =>
      client.post(`/v1/stock-units/${unitId}/erasure-certificates`, ERASED);
    const unpaid = await desk.handedIn(sku, locationId);
    expect((await refused(shop, () => post(unpaid.unitId), 409, 'WRONG_STATE')).facts).toEqual({
      state: 'TRADE_IN_INTAKE',
    });
    const held = await desk.handedIn(sku, locationId, { costMinor: 1 });
    await desk.step('hold', { unitId: held.unitId, reason: 'HOLD', until: null, documentId: DOCUMENT });
    await refused(shop, () => post(held.unitId), 409, 'UNIT_ON_HOLD');
    const shelved = await shop.make.unit(sku, locationId);
    await refused(shop, () => post(shelved.unitId), 409, 'WRONG_STATE');
    const elsewhere = await shop.associate(await shop.make.location(), 'associate-2');
    await refused(shop, () => post(held.unitId, elsewhere), 404, 'NOT_FOUND');
    await refused(shop, () => post(NOBODY), 404, 'NOT_FOUND');
  });

  it('of two at once both are kept, and the later erasure counts', async () => {
    const { holdingId, certify, erasure } = await handedIn();
    const now = Date.now();
    const forms = Array.from({ length: 8 }, (_, at) => ({
      ...{ result: at === 5 ? 'FAIL' : 'PASS', performedAt: new Date(now - (at === 5 ? 0 : 1000 + at)).toISOString() },
    }));
    const answers = await Promise.all(forms.map((form) => certify(form)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(await erasure()).toBe('FAIL');
    expect(await shop.count('select count(*) from erasure_certificate where holding_id = $1', [holdingId])).toBe(8);
  });
});

describe('the gate for a handset that somebody had before', () => {
  /** Graded and priced as a refurbished one, proofs apart. */
  const ready = async () => {
    const unit = await handedIn();
    const { body } = await unit.certify();
    const bench = { ...BENCH, erasureCertificate: body.id, warrantyDays: 90, skuId: unit.sku.skuId };
    const inspect = (over: object = {}) => unit.till.post(`${unit.at}/inspect`, { ...bench, ...over });
    const shelve = () => unit.till.post<{ holding: { disposition: string } }>(`${unit.at}/make-available`);
    const reasons = async () => (await refused(shop, shelve, 409, 'NOT_READY_FOR_SALE')).facts['reasons'];
    return { ...unit, certificate: body, inspect, shelve, reasons };
  };

  it('lets it pass with every proof, and keeps what the registries said', async () => {
    const { holdingId, inspect, shelve } = await ready();
    expect((await inspect()).status).toBe(200);
    expect((await shelve()).body.holding.disposition).toBe('AVAILABLE');
    const kept = await shop.one(
      `select status, reasons, sources, asked_by, now() - checked_at < interval '1 minute' as fresh
       from registry_check where holding_id = $1`,
      [holdingId],
    );
    expect(kept).toEqual({ status: 'CLEAN', reasons: [], sources: ['own'], asked_by: 'associate-1', fresh: true });
  });

  it('tells every reason at once', async () => {
    const { till, at } = await handedIn();
    const { facts } = await refused(shop, () => till.post(`${at}/make-available`), 409, 'NOT_READY_FOR_SALE');
    expect(facts['reasons']).toEqual([
      ...['NOT_REFURBISHED', 'NOT_TESTED', 'LOCKED', 'NOT_ERASED', 'ERASURE_NOT_CERTIFIED', 'KIT_INCOMPLETE'],
    ]);
  });

  it('stops one that is listed, whoever lists it', async () => {
    const { imei14, inspect, reasons } = await ready();
    await inspect();
    const listing = { identifier: imeiOf15(imei14), reason: 'LOST_OR_STOLEN' };
    expect((await office.post('/v1/block-lists/entries', listing)).status).toBe(201);
    expect(await reasons()).toEqual(['BLOCK_LISTED']);
  });

  it('takes no certificate of a holding before, of another unit, or that a later erasure has overtaken', async () => {
    const { certificate, certify, inspect, reasons } = await ready();
    const other = await ready();
    const faults = async (over: object) => faultsOf(await refused(shop, () => inspect(over), 400, 'INVALID_INPUT'));
    expect(await faults({ erasureCertificate: other.certificate.id })).toEqual([
      '/erasureCertificate NO_SUCH_CERTIFICATE',
    ]);
    expect(await faults({ erasureCertificate: 'WIPE-9999' })).toEqual(['/erasureCertificate NO_SUCH_CERTIFICATE']);
    expect((await inspect({ erasureCertificate: 'WIPE-0001' })).status).toBe(200);
    await certify({ result: 'FAIL', performedAt: new Date().toISOString() });
    expect(await faults({ erasureCertificate: certificate.id })).toEqual(['/erasureCertificate NO_SUCH_CERTIFICATE']);
    expect(await reasons()).toEqual(['NOT_ERASED', 'ERASURE_NOT_CERTIFIED']);
  });

  it('wants it graded by the profile in force, which somebody else publishes than wrote it', async () => {
    const { inspect, shelve, reasons } = await ready();
    await inspect();
    const grades = [{ grade: 'GOOD', cosmetic: ['A', 'B'], batteryPct: 80, functional: 1 }];
    const draft = await office.post<{ id: string }>('/v1/grade-profiles', { code: '2026-2', grades });
    const at = `/v1/grade-profiles/${draft.body.id}`;
    await refused(shop, () => office.post(`${at}/publish`), 403, 'SECOND_PERSON_NEEDED');
    const second = await shop.as({ sub: 'office-2', role: 'BACK_OFFICE', scope: 'stock-standards:publish stock:read' });
    expect((await second.post<{ status: string }>(`${at}/publish`)).body.status).toBe('PUBLISHED');
    expect(await reasons()).toEqual(['GRADE_OUTDATED']);
    await inspect();
    expect((await shelve()).status).toBe(200);
    await refused(shop, () => second.post(`${at}/publish`), 409, 'WRONG_STATE');
    await refused(
      shop,
      () => office.post('/v1/grade-profiles', { code: '2026-2', grades }),
      409,
      'STANDARD_CODE_TAKEN',
    );
    const twice = await office.post('/v1/grade-profiles', { code: '2026-3', grades: [...grades, ...grades] });
    expect(twice.status).toBe(400);
  });

  it('asks nothing of the kind of a handset from the maker', async () => {
    const { unitId, act } = await unitOn(shop, 'INSPECTION');
    expect((await act('make-available')).status).toBe(200);
    const asked =
      'select count(*) from registry_check c join stock_holding h on h.id = c.holding_id where h.unit_id = $1';
    expect(await shop.count(asked, [unitId])).toBe(0);
  });
});

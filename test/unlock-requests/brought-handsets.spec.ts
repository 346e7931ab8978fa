import { imeiOf15 } from '../../src/values/check-digits.js';
import type { Answer, Client } from '../support/client.js';
import { Desk, type Request } from './desk.js';

interface Brought {
  code?: string;
  errors?: { pointer: string; code: string }[];
  handset: string | null;
  course: string;
  ways: string[];
  reasons: { code: string; title: string; remedy: string }[];
  warnings: { code: string }[];
  hardware: {
    makerCode: string;
    fit: string;
    has: { band: string }[];
    lacks: { band: string; note: string | null }[];
  }[];
  lock: { state: string; attemptsLeft: number | null; attemptsAtMost: number | null; readAttemptsFirst: boolean };
  eligibility: { verdict: string } | null;
  checklist: string[];
  requestUnderWay: boolean;
}

/** The network of a carrier in February 2014, as far as it matters here. */
const BANDS = [
  { band: 'GSM 1900', carries: 'VOICE_AND_DATA' },
  { band: 'UMTS B2', carries: 'VOICE_AND_DATA' },
  { band: 'UMTS B4', carries: 'VOICE_AND_DATA', note: 'Fast data where band 2 is not built yet' },
  { band: 'LTE B4', carries: 'DATA' },
];
/** An AT&T Q10 has no AWS for voice: SQN100-1. */
const Q10_BANDS = ['GSM 850', 'GSM 1900', 'UMTS B2', 'UMTS B5', 'LTE B2', 'LTE B4', 'LTE B5', 'LTE B17'];
const CODE = '0123456789012345';

let desk: Desk;
let store: Client;
let serial = 0;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
  store = await desk.shop.associate(await desk.shop.make.location());
  await desk.office.send('PUT', '/v1/network-bands', { body: { bands: BANDS } });
  await desk.shop.db.query('update device_variant set bands = $1', [Q10_BANDS]);
});
afterAll(() => desk.shop.close());

/** A Q10 that another carrier sold and locked. */
const foreign = (): string => imeiOf15(`35676005${700_000 + ++serial}`);
/** One that billing has seen on a line of ours, so that a maker's file may speak of it. */
const seen = async (): Promise<string> =>
  (await desk.handset({ device: { sold_by_us: false, brand: null, segment: null, purchased_on: null } })).imei;
const check = (identifier: string, over: object = {}): Promise<Answer<Brought>> =>
  store.post<Brought>('/v1/brought-handsets/check', { identifier, lock: 'LOCKED', ...over });
const bring = (identifier: string, over: object = {}, by = store): Promise<Answer<Request>> =>
  by.post<Request>('/v1/brought-handsets', { identifier, lock: 'LOCKED', ...over });

describe('a customer brings a BlackBerry Q10 from another carrier', () => {
  it('and the store learns in one call what it is, how it fits, and what to do, before anything is tried', async () => {
    const imei = foreign();
    const { status, body } = await check(imei, { lockedTo: 'AT&T' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ handset: 'BlackBerry Q10 SQN100-1', course: 'REFER', ways: ['REFERRAL', 'AGENT'], eligibility: null },
      lock: { state: 'LOCKED', attemptsLeft: null, attemptsAtMost: 10, readAttemptsFirst: true },
      hardware: [
        {
          ...{ makerCode: 'SQN100-1', confidence: 90, fit: 'SOME' },
          has: [{ band: 'GSM 1900' }, { band: 'UMTS B2' }, { band: 'LTE B4' }],
          lacks: [{ band: 'UMTS B4', note: 'Fast data where band 2 is not built yet' }],
        },
      ],
      requestUnderWay: false,
    });
    expect(body.reasons.map(({ code }) => code)).toEqual(['DEVICE_NOT_SOLD_BY_US']);
    expect(body.warnings.map(({ code }) => code)).toEqual(['INCOMPATIBLE_NETWORK']);
    expect(body.checklist[0]).toBe(`Ask AT&T to unlock the handset with the IMEI ${imei}.`);
    expect(await desk.shop.count('select count(*) from unlock_request')).toBe(0);
  });

  it('whose code nobody here knows: the owner asks the carrier that locked it', async () => {
    const imei = foreign();
    const { status, body } = await bring(imei, { attemptsLeft: 10, lockedTo: 'AT&T' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ kind: 'INBOUND', status: 'DENIED', method: 'REFERRAL', reasons: ['DEVICE_NOT_SOLD_BY_US'] },
      ...{ lockedTo: 'AT&T', lockRead: 'LOCKED', attemptsLeft: 10 },
    });
    expect(body.clock).toMatchObject({ response: 'REFERRED' });
    expect(await desk.shop.count('select count(*) from unlock_grant')).toBe(0);
  });

  it('whose code we hold: it is ready at once', async () => {
    const imei = await seen();
    await desk.codes([[imei, 'MEP2', CODE]]);
    expect((await check(imei, { attemptsLeft: 7 })).body).toMatchObject({ course: 'APPROVE', ways: ['CODE_HELD'] });
    const { body } = await bring(imei, { attemptsLeft: 7 });
    expect(body).toMatchObject({ kind: 'INBOUND', status: 'ACTION_REQUIRED', method: 'CODE', attemptsLeft: 7 });
    const worked = await desk.act(body.id, 'report', { outcome: 'WORKED' });
    expect(worked.body).toMatchObject({ status: 'COMPLETED', lock: 'UNLOCKED' });
  });

  it('with 2 tries left: the code is given with that said, and after a refusal no other is', async () => {
    const imei = await seen();
    await desk.codes([[imei, 'MEP2', CODE]]);
    const { body } = await bring(imei, { attemptsLeft: 2 });
    const shown = await (
      await desk.proved()
    ).post<{ code: string; attemptsLeft: number }>(
      ...([`/v1/unlock-requests/${body.id}/reveal-code`, { purpose: 'The customer is at the counter' }] as const),
    );
    expect(shown.body).toMatchObject({ code: CODE, attemptsLeft: 2 });
    const failed = await desk.act(body.id, 'report', { outcome: 'FAILED', attemptsLeft: 1 });
    expect(failed.body).toMatchObject({ status: 'FULFILMENT_FAILED', attemptsLeft: 1, lock: 'LOCKED' });
  });

  it('that is locked for good: no way is open, and no code is spent on it', async () => {
    const imei = await seen();
    await desk.codes([[imei, 'MEP2', CODE]]);
    const looked = await check(imei, { lock: 'HARD_LOCKED' });
    expect(looked.body).toMatchObject({ course: 'DENY', ways: [], lock: { readAttemptsFirst: false }, checklist: [] });
    expect(looked.body.reasons.map(({ code }) => code)).toEqual(['NOT_UNLOCKABLE']);
    expect((await bring(imei, { lock: 'HARD_LOCKED' })).body).toMatchObject({
      ...{ status: 'DENIED', reasons: ['NOT_UNLOCKABLE'], method: null },
    });
    const empty = await bring(imei, { attemptsLeft: 0 });
    expect(empty.body).toMatchObject({ status: 'DENIED', reasons: ['UNLOCK_ATTEMPTS_EXHAUSTED'] });
    expect(
      await desk.shop.count(`select count(*) from device_lock where device_imei14 = $1`, [imei.slice(0, 14)]),
    ).toBe(0);
  });

  it('that is not locked: welcome', async () => {
    const imei = foreign();
    expect((await check(imei, { lock: 'UNLOCKED' })).body).toMatchObject({ ways: ['ALREADY_UNLOCKED'] });
    const { body } = await bring(imei, { lock: 'UNLOCKED' });
    expect(body).toMatchObject({ status: 'COMPLETED', method: 'ALREADY_UNLOCKED' });
  });

  it('that is reported stolen: not taken on, locked or not', async () => {
    const imei = foreign();
    await desk.block(imei.slice(0, 14));
    for (const lock of ['UNLOCKED', 'LOCKED']) {
      const { body } = await check(imei, { lock });
      expect([body.course, body.ways, body.reasons[0]!.code]).toEqual(['DENY', [], 'DEVICE_BLOCKED_LOST_STOLEN']);
    }
    expect((await bring(imei)).body.status).toBe('DENIED');
  });

  it('that somebody claims: a person looks', async () => {
    const imei = foreign();
    await desk.block(imei.slice(0, 14), 'OWNERSHIP_CLAIM');
    expect((await bring(imei)).body).toMatchObject({ status: 'UNDER_REVIEW', reasons: ['CLAIM_ON_DEVICE'] });
  });

  it('that we sold ourselves: its lock is ours, and our policy holds', async () => {
    const owing = await desk.handset({ device: { balance_minor: 900 } });
    const looked = await check(owing.imei);
    expect(looked.body).toMatchObject({ course: 'DENY', ways: ['OWN_LOCK'], eligibility: { verdict: 'NOT_ELIGIBLE' } });
    const { body } = await bring(owing.imei);
    expect(body).toMatchObject({ kind: 'OUTBOUND', status: 'DENIED', reasons: ['BALANCE_REMAINING'] });
  });

  it('in Spanish, for whoever reads that better', async () => {
    const { body } = await check(foreign(), { language: 'es', attemptsLeft: 1 });
    expect(body.reasons[0]!.title).toBe('No vendimos este equipo, así que el bloqueo no es nuestro.');
    expect(body.checklist).toContain(
      'No pruebe antes ningún código: queda 1 intento y, tras el último, se bloquea para siempre.',
    );
  });
});

describe('we ask another carrier for a code as the owner’s agent', () => {
  const sign = (id: string) =>
    store.post<{ id: string }>(`/v1/unlock-requests/${id}/documents?type=OWNER_DIRECTION`, undefined, {
      ...{ raw: '%PDF-1.4 direction', headers: { 'content-type': 'application/pdf' } },
    });
  const record = (id: string, over: object = {}, by = desk.office) =>
    by.post<Request & { errors?: { pointer: string; code: string }[] }>(`/v1/unlock-requests/${id}/record-code`, {
      ...{ codeType: 'MEP2', code: CODE, source: 'Letter of the carrier of 20 February' },
      ...over,
    });

  it('only with a signed direction, and the code is written down by another than who looked at it', async () => {
    const { body } = await bring(foreign(), { way: 'AGENT', attemptsLeft: 9 });
    expect([body.status, body.reasons]).toEqual(['AWAITING_DOCUMENTS', ['DOCUMENTS_REQUIRED']]);
    expect((await record(body.id)).body.code).toBe('WRONG_STATE');
    const paper = await sign(body.id);
    await desk.second.post(`/v1/unlock-documents/${paper.body.id}/accept`, { reason: 'Signed by the owner' });
    expect((await desk.get(body.id)).body).toMatchObject({ status: 'FULFILLING', stage: 'AWAITING_CODE' });
    expect((await record(body.id, {}, desk.second)).body.code).toBe('SECOND_PERSON_NEEDED');
    const wrong = await record(body.id, { code: '12345678' });
    expect(wrong.body.errors).toMatchObject([{ pointer: '/code', code: 'CODE_LENGTH' }]);
    expect(await desk.shop.count(`select count(*) from unlock_code where device_imei14 like '356760057%'`)).toBe(0);
    const { status, body: ready, text } = await record(body.id);
    expect([status, ready.status, ready.attemptsLeft]).toEqual([200, 'ACTION_REQUIRED', 9]);
    expect(text).not.toContain(CODE);
    const shown = await (
      await desk.proved()
    ).post<{ code: string }>(`/v1/unlock-requests/${body.id}/reveal-code`, {
      purpose: 'The customer is at the counter',
    });
    expect(shown.body.code).toBe(CODE);
    expect((await record(body.id)).body.code).toBe('WRONG_STATE');
  });

  it('not for a handset that no code opens', async () => {
    await desk.shop.db.query(`update unlock_recipe set method = 'OEM_WHITELIST' where model_key = 'q10'`);
    const imei = foreign();
    expect((await check(imei)).body).toMatchObject({ ways: ['REFERRAL'], lock: { readAttemptsFirst: false } });
    const { status, body } = await bring(imei, { way: 'AGENT' });
    expect([status, (body as unknown as Brought).errors]).toMatchObject([
      400,
      [{ pointer: '/way', code: 'NO_CODE_FOR_IT' }],
    ]);
    expect(await desk.shop.count('select count(*) from unlock_request where imei14 = $1', [imei.slice(0, 14)])).toBe(0);
    await desk.shop.db.query(`update unlock_recipe set method = 'CODE' where model_key = 'q10'`);
  });
});

describe('the bands of our network', () => {
  const set = (bands: object[]) =>
    desk.office.send<{ items: object[]; errors?: { pointer: string; code: string }[] }>('PUT', '/v1/network-bands', {
      body: { bands },
    });

  it('are set as a whole, each once', async () => {
    const twice = await set([...BANDS, BANDS[0]!]);
    expect([twice.status, twice.body.errors]).toMatchObject([400, [{ pointer: '/bands/4/band', code: 'NAMED_TWICE' }]]);
    const { body } = await store.get<{ items: { band: string }[] }>('/v1/network-bands');
    expect(body.items.map(({ band }) => band)).toEqual(['GSM 1900', 'UMTS B2', 'UMTS B4', 'LTE B4']);
  });

  it('are held against each hardware that a TAC may stand for, or against the one the customer reads off', async () => {
    await desk.shop.db.query(
      `insert into device_variant (id, model_id, maker_code, storage_gb, colour, bands)
       select '0190a000-0000-7000-8000-00000000f005', model_id, 'SQN100-5', 16, 'Black', $1 from device_variant limit 1`,
      [BANDS.map(({ band }) => band)],
    );
    await desk.shop.make.insert('tac_claim', {
      ...{ tac: '35676005', source: 'TEST', variant_id: '0190a000-0000-7000-8000-00000000f005', confidence: 40 },
    });
    await desk.shop.db.query(
      `insert into device_variant (id, model_id, maker_code, storage_gb, colour)
       select '0190a000-0000-7000-8000-00000000f015', model_id, 'SQN100-5', 16, 'White' from device_variant limit 1`,
    );
    await desk.shop.make.insert('tac_claim', {
      ...{ tac: '35676005', source: 'TEST', variant_id: '0190a000-0000-7000-8000-00000000f015', confidence: 40 },
    });
    const fits = async (over: object = {}) =>
      (await check(foreign(), over)).body.hardware.map(({ makerCode, fit }) => `${makerCode} ${fit}`);
    expect(await fits()).toEqual(['SQN100-1 SOME', 'SQN100-5 ALL']);
    expect(await fits({ makerCode: 'sqn100-5' })).toEqual(['SQN100-5 ALL']);
    await desk.shop.db.query(`delete from tac_claim where confidence = 40`);
  });

  it('decide whether a handset fits, as far as they are known', async () => {
    const fitWith = async (bands: object[]) => {
      await set(bands);
      return (await check(foreign())).body.hardware[0]!.fit;
    };
    expect(await fitWith([])).toBe('UNKNOWN');
    expect(await fitWith([BANDS[0]!, BANDS[1]!])).toBe('ALL');
    expect(await fitWith([BANDS[2]!, BANDS[3]!])).toBe('NONE');
    expect(await fitWith(BANDS)).toBe('SOME');
  });
});

describe('two tills take on the same handset at once', () => {
  it('and one request stands', async () => {
    const imei = await seen();
    await desk.codes([[imei, 'MEP2', CODE]]);
    const answers = await Promise.all([bring(imei), bring(imei), bring(imei)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await desk.shop.count('select count(*) from unlock_request where imei14 = $1', [imei.slice(0, 14)])).toBe(1);
  });
});

import { checkDigit } from '../../src/values/check-digits.js';
import type { Client } from '../support/client.js';
import { everyPage } from '../support/client.js';
import { associateOf, BACK_OFFICE, CUSTOMER } from '../support/tokens.js';
import { Desk, linesOf } from './desk.js';

interface Entitlement {
  id: string;
  code: string;
  status: string;
  used: number;
  recertifyBy: string | null;
  approvedBy: string | null;
  recertifiedBy: string | null;
  possibleActs: string[];
  version: number;
}

interface Batch {
  id: string;
  code: string;
  status: string;
  handsets: number;
  requested: number;
  notInEntitlement: number;
  limitReached: number;
  duplicates: number;
  facts: Record<string, unknown>;
  errors: { pointer: string; code: string }[];
}

interface Item {
  n: number;
  imei: string;
  outcome: string | null;
  requestId: string | null;
}

let desk: Desk;
let third: Client;
let owner: Client;
let serial = 0;
beforeAll(async () => {
  desk = await Desk.open({ WORKER: 'on', SWEEP_INTERVAL_MS: '3600000' });
  third = await desk.shop.as({ ...BACK_OFFICE, sub: 'back-office-3' });
  owner = await desk.shop.as({ ...CUSTOMER, sub: 'refurbisher-1', role: 'SERVICE' });
});
afterAll(() => desk.shop.close());

const printed = (imei14: string) => imei14 + checkDigit(imei14);
const newImeis = (count: number) => Array.from({ length: count }, () => printed(`35676005${300_000 + ++serial}`));
const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
const requests = () => desk.shop.count('select count(*) from unlock_request');

const propose = (over: object = {}, by: Client = desk.office) =>
  by.post<Entitlement>('/v1/unlock-entitlements', {
    ...{ code: `LOT-${++serial}`, kind: 'LOT_BUYER', owner: 'Second Life Inc.', ownerSubject: 'refurbisher-1' },
    ...{ lots: [`lot ${serial}`], unlockLimit: 10, endsOn: day(365) },
    ...over,
  });
const act = (id: string, verb: string, by: Client = desk.office, body: object = {}) =>
  by.post<Entitlement>(`/v1/unlock-entitlements/${id}/${verb}`, body);
const ask = (id: string, identifiers: string[], by: Client = owner) =>
  by.post<Batch>(`/v1/unlock-entitlements/${id}/batches`, { identifiers, note: 'Second half of the lot' });
const decide = (id: string, verb: string, by: Client = desk.office) =>
  by.post<Batch>(`/v1/unlock-batches/${id}/${verb}`, verb === 'refuse' ? { reason: 'Not this lot' } : {});
const itemsOf = (id: string, by: Client = owner) => everyPage<Item>(by, `/v1/unlock-batches/${id}?limit=3`);

/** An entitlement in force, and the handsets of its lot. */
async function inForce(handsets = 4, over: object = {}) {
  const lot = `lot ${++serial}`;
  const imeis = newImeis(handsets);
  await desk.import('UNLOCK_LOTS', ['lot,imei', ...imeis.map((imei) => `${lot},${imei}`)].join('\n'));
  const { body } = await propose({ lots: [lot], ...over });
  expect((await act(body.id, 'approve', desk.second)).status).toBe(200);
  return { id: body.id, imeis };
}

const entitlement = async (id: string) => (await desk.office.get<Entitlement>(`/v1/unlock-entitlements/${id}`)).body;

describe('an entitlement', () => {
  it('is proposed by one, approved by another, and looked at anew by a third', async () => {
    const { body: made, status } = await propose({ code: 'LOT-2014-17' });
    expect([status, made.status, made.recertifyBy, made.possibleActs]).toEqual([
      201,
      'PROPOSED',
      null,
      ['approve', 'end'],
    ]);
    expect((await propose({ code: 'LOT-2014-17' })).body).toMatchObject({
      status: 409,
      code: 'ENTITLEMENT_CODE_TAKEN',
    });
    expect((await act(made.id, 'recertify', third)).body.code).toBe('WRONG_STATE');
    expect((await act(made.id, 'approve')).body.code).toBe('SECOND_PERSON_NEEDED');
    expect(await entitlement(made.id)).toEqual(made);
    expect((await act(made.id, 'approve', desk.second)).body).toMatchObject({
      ...{ status: 'ACTIVE', approvedBy: 'back-office-2', recertifyBy: day(90), recertifiedBy: null, used: 0 },
    });

    await desk.shop.db.query('update unlock_entitlement set recertify_by = $2 where id = $1', [made.id, day(-1)]);
    expect((await act(made.id, 'recertify')).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await entitlement(made.id)).recertifyBy).toBe(day(-1));
    expect((await act(made.id, 'recertify', desk.second)).body).toMatchObject({
      ...{ recertifiedBy: 'back-office-2', recertifyBy: day(90) },
    });
    expect((await act(made.id, 'recertify', desk.second)).body.code).toBe('SECOND_PERSON_NEEDED');
    const why = { reason: 'They were seen selling lists' };
    expect((await act(made.id, 'suspend', desk.office, why)).body.status).toBe('SUSPENDED');
    expect((await act(made.id, 'recertify', third)).body).toMatchObject({
      ...{ status: 'ACTIVE', recertifiedBy: 'back-office-3' },
    });
    const ended = await act(made.id, 'end', desk.office, { reason: 'The contract is over' });
    expect([ended.body.status, ended.body.possibleActs]).toEqual(['ENDED', []]);
    expect((await act(made.id, 'recertify', desk.second)).body.code).toBe('WRONG_STATE');
    const { rows } = await desk.shop.db.query<{ act: string; actor: string; chained: boolean }>(
      'select act, actor, chain is not null as chained from history where subject_id = $1 order by occurred_at',
      [made.id],
    );
    expect(rows.map(({ act: done, actor, chained }) => `${done} ${actor} ${chained}`)).toEqual([
      'propose back-office-1 false',
      'approve back-office-2 true',
      'recertify back-office-2 true',
      'suspend back-office-1 true',
      'recertify back-office-3 true',
      'end back-office-1 true',
    ]);
    const events = await desk.shop.db.query<{ type: string }>(
      'select type from outbox_event where aggregate_id = $1 order by occurred_at',
      [made.id],
    );
    expect(events.rows.map(({ type }) => type.replace('unlock-entitlement.', ''))).toEqual([
      ...['proposed', 'active', 'active', 'suspended', 'active', 'ended'],
    ]);
  });

  it('is for something, and for days to come', async () => {
    const before = await desk.shop.count('select count(*) from unlock_entitlement');
    for (const [over, pointer, code] of [
      [{ lots: [] }, '/lots', 'REQUIRED'],
      [{ endsOn: day(-1) }, '/endsOn', 'IN_THE_PAST'],
    ] as const) {
      expect((await propose(over)).body).toMatchObject({ status: 400, errors: [{ pointer, code }] });
    }
    expect(await desk.shop.count('select count(*) from unlock_entitlement')).toBe(before);
  });

  it('cannot be approved by its author in the database either, nor used beyond its limit', async () => {
    const { id } = await inForce(1);
    const { body: proposed } = await propose();
    for (const [sql, which, constraint] of [
      [`update unlock_entitlement set used = 11 where id = $1`, id, 'unlock_entitlement_used_ck'],
      [
        `update unlock_entitlement set approved_by = authored_by where id = $1`,
        proposed.id,
        'unlock_entitlement_second_person_ck',
      ],
      [
        `update unlock_entitlement set recertified_by = authored_by where id = $1`,
        id,
        'unlock_entitlement_recertified_ck',
      ],
    ] as const) {
      await expect(desk.shop.db.query(sql, [which])).rejects.toMatchObject({ code: '23514', constraint });
    }
  });
});

describe('a file of lots', () => {
  it('tells which handsets were sold in which, and is read twice without harm', async () => {
    const [one, two] = newImeis(2) as [string, string];
    const csv = ['lot,imei', `L1,${one}`, `L1,${two}`, `L2,${one}`, `L1,${one}`, 'L1,123'].join('\n');
    expect(linesOf(await desk.import('UNLOCK_LOTS', csv))).toMatchObject({ applied: 3, unchanged: 0, failed: 2 });
    expect(linesOf(await desk.import('UNLOCK_LOTS', csv))).toMatchObject({ applied: 0, unchanged: 3, failed: 2 });
    const importer = await desk.shop.as({ sub: 'importer', role: 'SERVICE', scope: 'imports:write' });
    await expect(desk.import('UNLOCK_LOTS', csv, importer)).rejects.toThrow('NOT_ALLOWED');
    expect(await desk.shop.count(`select count(*) from unlock_lot_device where lot in ('L1', 'L2')`)).toBe(3);
  });
});

describe('a batch', () => {
  it('becomes a request for each handset of the entitlement, until its places are gone', async () => {
    const account = await desk.handset();
    const { id, imeis } = await inForce(6, { accountIds: [account.accountId], unlockLimit: 4 });
    const [a, b, c, d, e] = imeis as [string, string, string, string, string];
    const [foreign] = newImeis(1) as [string];
    expect((await desk.ask({ imei: b })).status).toBe(201);
    await desk.shop.db.query(`update unlock_request set status = 'UNDER_REVIEW', closed_at = null where imei14 = $1`, [
      b.slice(0, 14),
    ]);
    const before = await requests();
    const spaced = `${a.slice(0, 8)} ${a.slice(8)}`;
    const { body: batch, status } = await ask(id, [foreign, a, spaced, b, account.imei, c, d, e]);
    expect([status, batch]).toEqual([201, expect.objectContaining({ status: 'PROPOSED', handsets: 8, requested: 0 })]);
    expect((await itemsOf(batch.id)).map(({ outcome }) => outcome)).toEqual(Array(8).fill(null));
    expect(await requests()).toBe(before);

    const approved = await decide(batch.id, 'approve');
    expect(approved.body).toMatchObject({
      ...{ status: 'APPROVED', handsets: 8, requested: 4, notInEntitlement: 1, limitReached: 1, duplicates: 2 },
      ...{ authoredBy: 'refurbisher-1', decidedBy: 'back-office-1' },
    });
    const items = await itemsOf(batch.id);
    expect(items.map(({ n, imei, outcome }) => [n, imei, outcome])).toEqual([
      [1, foreign, 'NOT_IN_ENTITLEMENT'],
      [2, a, 'REQUESTED'],
      [3, a, 'DUPLICATE'],
      [4, b, 'DUPLICATE'],
      [5, account.imei, 'REQUESTED'],
      [6, c, 'REQUESTED'],
      [7, d, 'REQUESTED'],
      [8, e, 'LIMIT_REACHED'],
    ]);
    expect(await requests()).toBe(before + 4);
    expect(await entitlement(id)).toMatchObject({ used: 4 });
    const first = await desk.shop.one(
      `select kind, scope, channel, status, imei14, device_imei14, made_by, subject, language, disclosure, entitlement_id,
              calendar, ask_again_at <= now() as due, respond_by > received_at as answered_later,
              resolve_by > respond_by as settled_later, location_id
       from unlock_request where id = $1`,
      [items[1]!.requestId],
    );
    expect(first).toEqual({
      ...{ kind: 'BULK_ITEM', scope: 'PERMANENT', channel: 'BULK', status: 'EVALUATING', entitlement_id: id },
      ...{ imei14: a.slice(0, 14), device_imei14: a.slice(0, 14), made_by: 'back-office-1', subject: 'refurbisher-1' },
      ...{ language: 'en', disclosure: 'HOLDER', calendar: 'US-FEDERAL', due: true, location_id: null },
      ...{ answered_later: true, settled_later: true },
    });
    expect((await desk.get(items[1]!.requestId!, owner)).body).toMatchObject({ status: 'EVALUATING' });
    const told = { handsets: 8, requested: 4, notInEntitlement: 1, limitReached: 1, duplicates: 2, entitlementId: id };
    expect(
      await desk.shop.one(
        `select payload from outbox_event where aggregate_id = $1 and type = 'unlock-batch.approved'`,
        [batch.id],
      ),
    ).toEqual({ payload: told });
    expect(
      await desk.shop.one(
        `select actor, chain, from_state, to_state, details from history where subject_id = $1 and act = 'approve'`,
        [batch.id],
      ),
    ).toEqual({
      ...{ actor: 'back-office-1', chain: 'carrier', from_state: 'PROPOSED', to_state: 'APPROVED' },
      details: { ...told, authoredBy: 'refurbisher-1' },
    });
  });

  it('knows two IMEIs of one handset for what they are', async () => {
    const { id } = await inForce(1);
    const sku = await desk.shop.make.sku();
    const unit = await desk.shop.make.unit(sku, await desk.shop.make.location());
    const [second] = newImeis(1) as [string];
    await desk.shop.db.query(
      `insert into unit_identifier select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(),
         'value', $2::text, 'position', 2))).* from unit_identifier i where unit_id = $1 and kind = 'IMEI'`,
      [unit.unitId, second.slice(0, 14)],
    );
    await desk.shop.db.query(`insert into unlock_lot_device select lots[1], $2 from unlock_entitlement where id = $1`, [
      id,
      unit.imei.slice(0, 14),
    ]);
    const { body } = await ask(id, [second, unit.imei]);
    await decide(body.id, 'approve');
    expect((await itemsOf(body.id)).map(({ outcome }) => outcome)).toEqual(['REQUESTED', 'DUPLICATE']);
    expect(
      await desk.shop.count('select count(*) from unlock_request where device_imei14 = $1 and imei14 = $2', [
        unit.imei.slice(0, 14),
        second.slice(0, 14),
      ]),
    ).toBe(1);
  });

  it('is handed in and seen by the owner, or by staff of the carrier, and by nobody else', async () => {
    const { id, imeis } = await inForce(1);
    const stranger = await desk.shop.as({ ...CUSTOMER, sub: 'refurbisher-2', role: 'SERVICE' });
    const till = await desk.shop.as(associateOf(await desk.shop.make.location()));
    const before = await desk.shop.count('select count(*) from unlock_batch');
    for (const by of [stranger, till, await desk.shop.customer()]) {
      expect((await ask(id, imeis, by)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    expect((await ask(id, ['356760050000017', imeis[0]!])).body).toMatchObject({
      ...{ status: 400, errors: [{ pointer: '/identifiers/0', code: 'CHECK_DIGIT' }] },
    });
    expect(await desk.shop.count('select count(*) from unlock_batch')).toBe(before);
    const { body } = await ask(id, imeis, desk.second);
    for (const by of [stranger, till]) {
      expect((await by.get<Batch>(`/v1/unlock-batches/${body.id}`)).body).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await itemsOf(body.id, owner)).toEqual(await itemsOf(body.id, desk.office));
  });

  it('is decided by somebody who did not hand it in, once', async () => {
    const { id, imeis } = await inForce(2);
    const { body } = await ask(id, imeis, desk.office);
    const before = await requests();
    for (const verb of ['approve', 'refuse']) {
      expect((await decide(body.id, verb)).body.code).toBe('SECOND_PERSON_NEEDED');
    }
    expect((await decide(body.id, 'approve', owner)).body.code).toBe('NOT_ALLOWED');
    expect((await decide(body.id, 'refuse', desk.second)).body).toMatchObject({ status: 'REFUSED', requested: 0 });
    expect((await decide(body.id, 'approve', desk.second)).body.code).toBe('WRONG_STATE');
    expect((await itemsOf(body.id)).map(({ outcome }) => outcome)).toEqual([null, null]);
    expect([await requests(), (await entitlement(id)).used]).toEqual([before, 0]);
    await expect(
      desk.shop.db.query('update unlock_batch set decided_by = authored_by where id = $1', [body.id]),
    ).rejects.toMatchObject({ constraint: 'unlock_batch_second_person_ck' });
  });

  it.each([
    ['suspended', `status = 'SUSPENDED'`, { status: 'SUSPENDED' }],
    ['ended', `status = 'ENDED'`, { status: 'ENDED' }],
    ['over', `ends_on = '${day(-1)}'`, { status: 'ACTIVE', endsOn: day(-1) }],
    ['not recertified in time', `recertify_by = '${day(-1)}'`, { status: 'ACTIVE', recertifyBy: day(-1) }],
  ])('is not approved under an entitlement that is %s', async (_, change, facts) => {
    const { id, imeis } = await inForce(2);
    const { body } = await ask(id, imeis);
    await desk.shop.db.query(`update unlock_entitlement set ${change} where id = $1`, [id]);
    const before = await requests();
    const refused = await decide(body.id, 'approve');
    expect(refused.body).toMatchObject({ status: 409, code: 'ENTITLEMENT_NOT_IN_FORCE', facts });
    expect((await ask(id, imeis)).body.code).toBe('ENTITLEMENT_NOT_IN_FORCE');
    const kept = await desk.office.get<Batch>(`/v1/unlock-batches/${body.id}`);
    expect([kept.body.status, await requests(), (await entitlement(id)).used]).toEqual(['PROPOSED', before, 0]);
    expect(await desk.shop.count('select count(*) from unlock_batch where entitlement_id = $1', [id])).toBe(1);
  });

  it('is approved on the last day of the entitlement', async () => {
    const { id, imeis } = await inForce(2);
    await desk.shop.db.query('update unlock_entitlement set ends_on = $2, recertify_by = $2 where id = $1', [
      id,
      day(0),
    ]);
    const { body } = await ask(id, imeis);
    expect((await decide(body.id, 'approve')).body).toMatchObject({ status: 'APPROVED', requested: 2 });
  });

  it('of a thousand takes as many statements as one of two', async () => {
    const { db } = desk.shop;
    await db.query(`create table statement_seen (relation text);
      create function see_statement() returns trigger language plpgsql as $$
      begin insert into statement_seen values (tg_table_name); return null; end $$`);
    for (const table of ['unlock_request', 'unlock_batch_item', 'unlock_entitlement', 'history', 'outbox_event']) {
      await db.query(`create trigger seen after insert or update on ${table} execute function see_statement()`);
    }
    const statements = async (handsets: number) => {
      const { id, imeis } = await inForce(handsets, { unlockLimit: 1000 });
      const { body } = await ask(id, imeis);
      await db.query('truncate statement_seen');
      expect((await decide(body.id, 'approve')).body).toMatchObject({ status: 'APPROVED', requested: handsets });
      const made = await desk.shop.one(
        `select count(distinct received_at)::int as instants, count(distinct respond_by)::int as deadlines,
                count(distinct number)::int as numbers from unlock_request where entitlement_id = $1`,
        [id],
      );
      expect(made).toEqual({ instants: 1, deadlines: 1, numbers: handsets });
      const seen = await db.query<{ line: string }>(
        `select concat_ws(' ', count(*), relation) as line from statement_seen group by relation order by relation`,
      );
      return seen.rows.map(({ line }) => line);
    };
    const few = await statements(2);
    expect(few).toEqual([
      '1 history',
      '1 outbox_event',
      '1 unlock_batch_item',
      '1 unlock_entitlement',
      '1 unlock_request',
    ]);
    expect(await statements(1000)).toEqual(few);
  });
});

describe('at the same moment', () => {
  it('two batches ask for the last places, and no more are given than there are', async () => {
    const { id, imeis } = await inForce(12, { unlockLimit: 7 });
    const [one, two] = await Promise.all([ask(id, imeis.slice(0, 6)), ask(id, imeis.slice(6))]);
    const answers = await Promise.all([decide(one.body.id, 'approve'), decide(two.body.id, 'approve', desk.second)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const counts = answers.map(({ body }) => `${body.requested} of ${body.handsets}, ${body.limitReached} too many`);
    expect(counts.sort()).toEqual(['1 of 6, 5 too many', '6 of 6, 0 too many']);
    expect((await entitlement(id)).used).toBe(7);
    expect(await desk.shop.count('select count(*) from unlock_request where entitlement_id = $1', [id])).toBe(7);
  });

  it('two batches of two entitlements ask for the same handsets, and each has one request', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, imeis } = await inForce(20, { unlockLimit: 40 });
      const { lots } = (await desk.office.get<{ lots: string[] }>(`/v1/unlock-entitlements/${id}`)).body;
      const other = await propose({ lots, unlockLimit: 40 });
      await act(other.body.id, 'approve', desk.second);
      const [one, two] = await Promise.all([ask(id, imeis), ask(other.body.id, [...imeis].reverse())]);
      const answers = await Promise.all([decide(one.body.id, 'approve'), decide(two.body.id, 'approve')]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const [first, second] = answers.map(({ body }) => body) as [Batch, Batch];
      expect([first.requested + second.requested, first.duplicates + second.duplicates]).toEqual([20, 20]);
      expect([(await entitlement(id)).used, (await entitlement(other.body.id)).used]).toEqual([
        first.requested,
        second.requested,
      ]);
    }
  });

  it('the same batch is approved by ten and refused by one, and one of them happens', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, imeis } = await inForce(3);
      const { body } = await ask(id, imeis);
      const answers = await Promise.all([
        ...Array.from({ length: 10 }, (_, at) => decide(body.id, 'approve', at % 2 ? desk.office : desk.second)),
        decide(body.id, 'refuse', third),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body: refused }) => refused.code))).toEqual(
        new Set(['WRONG_STATE']),
      );
      const made = answers.at(-1)!.status === 200 ? 0 : 3;
      expect((await entitlement(id)).used).toBe(made);
      expect(await desk.shop.count('select count(*) from unlock_request where entitlement_id = $1', [id])).toBe(made);
    }
  });

  it('the same person recertifies twice, and once it counts', async () => {
    const { id } = await inForce(1);
    const answers = await Promise.all(Array.from({ length: 6 }, () => act(id, 'recertify', third)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403, 403]);
  });
});

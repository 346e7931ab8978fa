import { brokenLinks } from '../../src/platform/history.js';
import { CUSTOMER } from '../support/tokens.js';
import { Desk, type Made, type Request } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
});
afterAll(() => desk.shop.close());

const requests = () => desk.shop.count('select count(*) from unlock_request');
const lockOf = (handset: Made) =>
  desk.shop.one<{ state: string; attempts_left: number | null }>(
    'select state, attempts_left from device_lock where device_imei14 = $1',
    [handset.imei14],
  );
/** The database as the program's own functions ask it. */
const rowsOf = ({ shop }: Desk) => ({
  query: async (sql: string, values?: unknown[]) => (await shop.db.query(sql, values)).rows as never,
});
/** Seven days ago, in the zone of the policy. */
const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);

describe('an existing customer with a Q10 bought in 2013', () => {
  it('is told beforehand that it may be, and nothing is created', async () => {
    const handset = await desk.handset();
    const before = await requests();
    const { body } = await desk.office.post<Record<string, unknown>>('/v1/unlock-requests/pre-check', {
      identifier: handset.imei,
    });
    expect(body).toMatchObject({
      ...{ course: 'APPROVE', verdict: 'ELIGIBLE', reasons: [], nextEligibleAt: null, lock: 'UNKNOWN' },
      ...{ requestUnderWay: false, policy: { code: 'TEST-POSTPAID', effectiveFrom: '2013-08-24' } },
    });
    expect(
      (body['checks'] as { check: string; outcome: string }[]).map(({ check, outcome }) => [check, outcome]),
    ).toEqual([
      ...[
        ['SOLD_BY_CARRIER', 'PASS'],
        ['NOT_BLOCKED', 'PASS'],
        ['NO_FRAUD_FLAG', 'PASS'],
        ['GOOD_STANDING', 'PASS'],
      ],
      ...[
        ['DAYS_ACTIVE', 'PASS'],
        ['PAID_IN_FULL', 'PASS'],
        ['MAX_UNLOCKS', 'PASS'],
      ],
    ]);
    expect(await requests()).toBe(before);
  });

  it('is approved at once and waits for the code, with the clocks running', async () => {
    const { status, body } = await desk.ask(await desk.handset());
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'FULFILLING', method: 'CODE', stage: 'AWAITING_CODE', reasons: [] });
    expect(Date.parse(body.clock.respondBy)).toBeGreaterThan(Date.now());
    expect(Date.parse(body.clock.resolveBy)).toBeGreaterThan(Date.parse(body.clock.respondBy));
    expect(body.clock).toMatchObject({ respondedAt: null, response: null, paused: false });
    const told = await desk.shop.db.query('select type from outbox_event where aggregate_id = $1 order by id', [
      body.id,
    ]);
    expect(told.rows.map(({ type }: { type: string }) => type)).toEqual([
      'unlock-request.approved',
      'unlock-request.fulfilling',
    ]);
    const acts = await desk.shop.db.query('select act, to_state from history where subject_id = $1 order by id', [
      body.id,
    ]);
    expect(acts.rows).toEqual([
      { act: 'request', to_state: 'RECEIVED' },
      { act: 'approve', to_state: 'APPROVED' },
      { act: 'fulfil', to_state: 'FULFILLING' },
    ]);
  });

  it('is told every reason at once, and from when it would be yes', async () => {
    const young = await desk.handset({
      since: lastWeek,
      device: { balance_minor: 4500 },
      account: { good_standing: false },
    });
    const { body } = await desk.ask(young);
    expect(body).toMatchObject({ status: 'DENIED', nextEligibleAt: null });
    expect(body.reasons).toEqual(['ACCOUNT_NOT_GOOD_STANDING', 'MIN_SERVICE_NOT_MET', 'BALANCE_REMAINING']);
    expect(body.clock.response).toBe('DENIED');
    const waiting = await desk.ask(await desk.handset({ since: lastWeek }));
    expect(waiting.body).toMatchObject({ status: 'DENIED', reasons: ['MIN_SERVICE_NOT_MET'] });
    const days = (Date.parse(waiting.body.nextEligibleAt!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(31);
    expect(days).toBeLessThan(34);
  });

  it('shows what was seen to the owner, and not to somebody else who has the handset', async () => {
    const handset = await desk.handset({ device: { balance_minor: 4500 } });
    const seen = (answer: { body: Request }) =>
      answer.body.decision!.checks.find(({ check }) => check === 'PAID_IN_FULL')!.seen;
    const owner = await desk.ask(handset, {}, await desk.shop.customer());
    expect(seen(owner)).toBe('4500 USD minor units');
    const finder = await desk.shop.as({ ...CUSTOMER, sub: 'customer-2' });
    const holder = await desk.ask(handset, {}, finder);
    expect(holder.body.reasons).toEqual(['BALANCE_REMAINING']);
    const shown = await desk.get(holder.body.id, finder);
    expect(shown.body.decision!.checks.map((check) => check.seen)).toEqual(Array(7).fill(null));
    expect((await desk.get(owner.body.id, finder)).status).toBe(404);
  });
});

describe('a handset', () => {
  it('has one live request, whoever asks', async () => {
    const handset = await desk.handset({ account: { good_standing: null } });
    const first = await desk.ask(handset);
    const again = await desk.ask(handset, {}, await desk.shop.customer());
    expect(again.body).toMatchObject({ status: 409, code: 'DUPLICATE_REQUEST' });
    await desk.act(first.body.id, 'cancel', { reason: 'The customer changed their mind' });
    expect((await desk.ask(handset)).status).toBe(201);
  });

  it('is asked for by twenty at once and gets one request', async () => {
    const handset = await desk.handset();
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.ask(handset)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await desk.shop.count('select count(*) from unlock_request where imei14 = $1', [handset.imei14])).toBe(1);
    expect(await desk.shop.count('select count(*) from unlock_grant where device_imei14 = $1', [handset.imei14])).toBe(
      1,
    );
  });

  it('of a line counts under its cap, also when ten are asked for at once', async () => {
    const first = await desk.handset();
    const { lineId, accountId } = first;
    const more: Made[] = [first];
    for (let n = 0; n < 9; n++) more.push(await desk.handset({ lineId, accountId }));
    const answers = await Promise.all(more.map((one) => desk.ask(one)));
    const counted = answers.map(({ body }) => [body.status, ...body.reasons].join(' ')).sort();
    expect(counted).toEqual([...Array<string>(8).fill('DENIED UNLOCK_LIMIT_REACHED'), 'FULFILLING', 'FULFILLING']);
    expect(await desk.shop.count('select count(*) from unlock_grant where line_id = $1', [lineId])).toBe(2);
  });

  it('reported stolen is not unlocked by anybody', async () => {
    const handset = await desk.handset();
    await desk.block(handset.imei14);
    expect((await desk.ask(handset)).body).toMatchObject({ status: 'DENIED', reasons: ['DEVICE_BLOCKED_LOST_STOLEN'] });
  });

  it('nobody has a policy for goes to a person, and one we never sold does not', async () => {
    const odd = await desk.handset({ device: { brand: 'Nobody' } });
    expect((await desk.ask(odd)).body).toMatchObject({ status: 'UNDER_REVIEW', reasons: ['POLICY_NOT_FOUND'] });
    const foreign = await desk.ask({ imei: '490154203237518' });
    expect(foreign.body).toMatchObject({ status: 'DENIED', reasons: ['DEVICE_NOT_SOLD_BY_US'] });
  });

  it('with no tries left is not tried again', async () => {
    const handset = await desk.handset();
    await desk.shop.make.insert('device_lock', {
      device_imei14: handset.imei14,
      state: 'HARD_LOCKED',
      attempts_left: 0,
      source: 'test',
    });
    expect((await desk.ask(handset)).body).toMatchObject({
      status: 'DENIED',
      reasons: ['NOT_UNLOCKABLE'],
      lock: 'HARD_LOCKED',
    });
  });

  it('that is unlocked already is told so', async () => {
    const handset = await desk.handset();
    await desk.shop.make.insert('device_lock', { device_imei14: handset.imei14, state: 'UNLOCKED', source: 'test' });
    expect((await desk.ask(handset)).body).toMatchObject({ status: 'COMPLETED', method: 'ALREADY_UNLOCKED' });
  });

  it('is not asked for by what is no IMEI', async () => {
    const before = await requests();
    for (const identifier of ['356760050000017', '3.56112E+14', '8901260123456789011', 'SERIAL99', '']) {
      const { status, body } = await desk.ask({ imei: identifier });
      expect([identifier, status, (body as unknown as { errors: { pointer: string }[] }).errors[0]!.pointer]).toEqual([
        identifier,
        400,
        '/identifier',
      ]);
    }
    expect(await requests()).toBe(before);
  });
});

describe('a person of the back office', () => {
  const underReview = async () => {
    const handset = await desk.handset({ account: { good_standing: null } });
    const { body } = await desk.ask(handset);
    expect(body).toMatchObject({ status: 'UNDER_REVIEW', reasons: ['ACCOUNT_NOT_GOOD_STANDING'] });
    return { handset, id: body.id };
  };

  it('unlocks against the rules only with a second one, who sees what fails', async () => {
    const { id } = await underReview();
    const why = { reason: 'Billing confirms good standing by phone' };
    expect((await desk.act(id, 'approve', why)).body.code).toBe('APPROVAL_NOT_PROPOSED');
    expect((await desk.act(id, 'propose-approval', why)).status).toBe(200);
    expect((await desk.act(id, 'propose-approval', why, desk.second)).body.code).toBe('APPROVAL_PROPOSED');
    expect((await desk.act(id, 'approve', why)).body.code).toBe('SECOND_PERSON_NEEDED');
    const approved = await desk.act(id, 'approve', why, desk.second);
    expect(approved.body).toMatchObject({ status: 'FULFILLING', stage: 'AWAITING_CODE' });
    const audited = await desk.shop.db.query(
      `select act, actor, details from history where subject_id = $1 and chain is not null order by chain_seq`,
      [id],
    );
    expect(audited.rows).toEqual([
      { act: 'proposeApproval', actor: 'back-office-1', details: { failing: ['ACCOUNT_NOT_GOOD_STANDING'] } },
      {
        act: 'overrideRules',
        actor: 'back-office-2',
        details: { failing: ['ACCOUNT_NOT_GOOD_STANDING'], proposedBy: 'back-office-1' },
      },
    ]);
    expect(await brokenLinks(rowsOf(desk), 'carrier')).toBe(0);
  });

  it('cannot approve a handset that was reported stolen meanwhile', async () => {
    const { handset, id } = await underReview();
    await desk.act(id, 'propose-approval', { reason: 'Looks good' });
    await desk.block(handset.imei14);
    expect((await desk.act(id, 'approve', { reason: 'Looks good' }, desk.second)).body.code).toBe('HANDSET_BLOCKED');
    expect((await desk.get(id)).body.status).toBe('UNDER_REVIEW');
  });

  it('denies with reasons, and the customer appeals once', async () => {
    const { id } = await underReview();
    const denied = await desk.act(id, 'deny', { reasons: ['FRAUD_REVIEW'], note: 'The papers are forged' });
    expect(denied.body).toMatchObject({ status: 'DENIED', reasons: ['FRAUD_REVIEW'] });
    expect(Date.parse(denied.body.appealBy!)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    const appealed = await desk.act(id, 'appeal', { reason: 'They are not' });
    expect(appealed.body).toMatchObject({ status: 'UNDER_REVIEW', appealBy: null });
    await desk.act(id, 'deny', { reasons: ['FRAUD_REVIEW'], note: 'They are' });
    expect((await desk.act(id, 'appeal', { reason: 'Once more' })).body.code).toBe('APPEAL_NOT_POSSIBLE');
  });

  it('works a queue by its deadlines', async () => {
    const { id } = await underReview();
    const { body } = await desk.office.get<{ items: Request[] }>('/v1/unlock-requests?queue=UNDER_REVIEW&limit=200');
    expect(body.items.map((one) => one.status)).toEqual(Array(body.items.length).fill('UNDER_REVIEW'));
    expect(body.items.map((one) => one.id)).toContain(id);
    const due = body.items.map(({ clock }) => clock.respondBy);
    expect(due).toEqual([...due].sort());
  });

  it('approves and revokes at the same moment, and one of them happens', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await underReview();
      await desk.act(id, 'propose-approval', { reason: 'Fine by me' });
      const [approved, revoked, denied] = await Promise.all([
        desk.act(id, 'approve', { reason: 'And by me' }, desk.second),
        desk.act(id, 'revoke', { reason: 'Fraud was reported' }),
        desk.act(id, 'deny', { reasons: ['FRAUD_REVIEW'], note: 'Fraud was reported' }, desk.second),
      ]);
      const { status } = (await desk.get(id)).body;
      const live = await desk.shop.count(
        'select count(*) from unlock_grant where request_id = $1 and revoked_at is null',
        [id],
      );
      const ends = { DENIED: denied.status, FULFILLING: approved.status, REVOKED: revoked.status } as Record<
        string,
        number
      >;
      expect([status, ends[status], live]).toEqual([status, 200, status === 'FULFILLING' ? 1 : 0]);
    }
  });
});

describe('a claim of deployed military', () => {
  it('is asked for its papers, and the clocks stand still', async () => {
    const handset = await desk.handset({ since: lastWeek, device: { balance_minor: 900 } });
    const { body } = await desk.ask(handset, { exemption: 'MILITARY_DEPLOYED' });
    expect(body).toMatchObject({
      status: 'AWAITING_DOCUMENTS',
      clock: { paused: true, response: 'DOCUMENTS_REQUESTED' },
    });
    expect(body.reasons).toEqual(['MIN_SERVICE_NOT_MET', 'BALANCE_REMAINING', 'DOCUMENTS_REQUIRED']);
  });

  it('helps nobody with a stolen handset', async () => {
    const handset = await desk.handset({ since: lastWeek });
    await desk.block(handset.imei14);
    const { body } = await desk.ask(handset, { exemption: 'MILITARY_DEPLOYED' });
    expect(body.status).toBe('DENIED');
  });
});

describe('a code', () => {
  const offered = async (types: readonly (readonly [string, string])[] = [['MEP2', '0123456789012345']]) => {
    const handset = await desk.handset();
    await desk.codes(types.map(([type, code]) => [handset.imei, type, code] as const));
    const { body } = await desk.ask(handset);
    expect(body).toMatchObject({ status: 'ACTION_REQUIRED', clock: { response: 'ACTION_REQUIRED' }, attemptsLeft: 10 });
    return { handset, id: body.id };
  };
  const reveal = async (id: string, by?: Awaited<ReturnType<Desk['proved']>>, key?: string) =>
    (by ?? (await desk.proved())).post<{ code: string; codeType: string; steps: string[] }>(
      `/v1/unlock-requests/${id}/reveal-code`,
      { purpose: 'Customer at the counter' },
      key ? { key } : {},
    );

  it('is shown once, to somebody who has just proved who they are, and audited first', async () => {
    const { id } = await offered();
    expect((await reveal(id, desk.office)).body.code).toBe('STEP_UP_NEEDED');
    const old = await desk.proved({ auth_time: Math.floor(Date.now() / 1000) - 301 });
    expect((await reveal(id, old)).body.code).toBe('STEP_UP_NEEDED');
    const shown = await reveal(id, undefined, 'reveal-0001');
    expect(shown.body).toMatchObject({ code: '0123456789012345', codeType: 'MEP2' });
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect((await reveal(id)).body.code).toBe('CODE_SHOWN');
    const again = await reveal(id, undefined, 'reveal-0001');
    expect(again.body.code).toBe('0123456789012345');
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(
      await desk.shop.count(
        `select count(*) from history where subject_id = $1 and act = 'revealCode' and chain is not null`,
        [id],
      ),
    ).toBe(1);
    const kept = await desk.shop.one<{ body: string }>(`select body from idempotency_key where key = 'reveal-0001'`);
    expect(kept.body).not.toContain('0123456789012345');
  });

  it('is asked for by ten at once and shown to one', async () => {
    const { id } = await offered();
    const by = await desk.proved();
    const answers = await Promise.all(Array.from({ length: 10 }, () => reveal(id, by)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await desk.shop.count('select count(*) from unlock_code_reveal where request_id = $1', [id])).toBe(1);
  });

  it('is not shown for a handset reported stolen meanwhile, and the approval is taken back', async () => {
    const { handset, id } = await offered();
    await desk.block(handset.imei14);
    expect((await reveal(id)).body.code).toBe('HANDSET_BLOCKED');
    expect((await desk.get(id)).body.status).toBe('REVOKED');
    expect(await desk.shop.count('select count(*) from unlock_code_reveal where request_id = $1', [id])).toBe(0);
  });

  it('that worked leaves the handset unlocked', async () => {
    const { handset, id } = await offered();
    await reveal(id);
    expect((await desk.act(id, 'report', { outcome: 'WORKED' })).body).toMatchObject({
      status: 'COMPLETED',
      lock: 'UNLOCKED',
    });
    expect(await lockOf(handset)).toEqual({ state: 'UNLOCKED', attempts_left: null });
  });

  it('that failed is followed by the next type, with one try less', async () => {
    const { id } = await offered([
      ['MEP4', '4444444444444444'],
      ['MEP2', '2222222222222222'],
    ]);
    expect((await reveal(id)).body).toMatchObject({ codeType: 'MEP2', code: '2222222222222222' });
    expect((await desk.act(id, 'report', { outcome: 'FAILED' })).body).toMatchObject({
      status: 'ACTION_REQUIRED',
      attemptsLeft: 9,
    });
    expect((await reveal(id)).body).toMatchObject({ codeType: 'MEP4', code: '4444444444444444' });
    expect((await desk.act(id, 'report', { outcome: 'FAILED', attemptsLeft: 2 })).body).toMatchObject({
      status: 'FULFILMENT_FAILED',
      attemptsLeft: 2,
    });
  });

  it('that took the last try leaves the handset locked for good', async () => {
    const { handset, id } = await offered();
    await reveal(id);
    const { body } = await desk.act(id, 'report', { outcome: 'FAILED', attemptsLeft: 0 });
    expect(body).toMatchObject({
      status: 'DENIED',
      reasons: ['UNLOCK_ATTEMPTS_EXHAUSTED', 'NOT_UNLOCKABLE'],
      lock: 'HARD_LOCKED',
    });
    expect(await lockOf(handset)).toEqual({ state: 'HARD_LOCKED', attempts_left: 0 });
    expect((await desk.ask(handset)).body).toMatchObject({ status: 'DENIED', reasons: ['NOT_UNLOCKABLE'] });
  });
});

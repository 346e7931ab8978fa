import { Desk, POLICY } from './desk.js';
import { SHIPPED } from './shipped-policies.js';

let desk: Desk;
beforeAll(async () => (desk = await Desk.open()));
afterAll(() => desk.shop.close());

interface Policy {
  id: string;
  code: string;
  status: string;
  effectiveTo: string | null;
  publishedBy: string | null;
  authors: string[];
  errors?: { pointer: string; code: string }[];
  facts?: Record<string, unknown>;
  version: number;
}
const draft = (over: object) => desk.office.post<Policy>('/v1/unlock-policies', { ...POLICY, ...over });
const publish = (id: string, by = desk.second) => by.post<Policy>(`/v1/unlock-policies/${id}/publish`);
const tomorrow = (days = 1) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('every shipped policy', () => {
  it('is written down and put into force through the API', async () => {
    for (const form of SHIPPED) {
      const written = await desk.office.post<Policy>('/v1/unlock-policies', form);
      expect([form.code, written.status]).toEqual([form.code, 201]);
      const published = await publish(written.body.id);
      expect([form.code, published.status, published.body.code]).toEqual([form.code, 200, form.code]);
    }
    expect(await desk.shop.count(`select count(*) from unlock_policy where status = 'PUBLISHED'`)).toBe(15);
  });
});

describe('a policy is put into force', () => {
  it('by somebody who did not write in it, and then never changes', async () => {
    const { body } = await draft({ code: 'TWO-PEOPLE', brand: 'Two' });
    expect((await publish(body.id, desk.office)).body).toMatchObject({ status: 403, code: 'SECOND_PERSON_NEEDED' });
    await desk.second.put(`/v1/unlock-policies/${body.id}`, { ...POLICY, code: 'TWO-PEOPLE', brand: 'Two' });
    expect((await publish(body.id, desk.second)).body).toMatchObject({ status: 403, code: 'SECOND_PERSON_NEEDED' });
    const third = await desk.shop.as({ sub: 'third', role: 'BACK_OFFICE', scope: 'unlock-policies:publish' });
    expect((await publish(body.id, third)).body).toMatchObject({
      ...{ status: 'PUBLISHED', publishedBy: 'third', authors: ['back-office-1', 'back-office-2'] },
    });
    const late = await desk.office.put(`/v1/unlock-policies/${body.id}`, { ...POLICY, code: 'TWO-PEOPLE' });
    expect(late.body).toMatchObject({ status: 409, code: 'WRONG_STATE' });
  });

  it('only when it gives what the law of the place asks', async () => {
    const { body } = await draft({
      ...{ code: 'MEAN', brand: 'Mean', segment: 'PREPAID', effectiveFrom: '2020-01-01', responseBusinessDays: 3 },
      ...{ rules: [{ check: 'DAYS_SINCE_ACTIVATION', min: 366 }], exemptions: [] },
      fee: { currency: 'USD', customerMinor: 500, othersMinor: 500 },
    });
    const refused = await publish(body.id);
    expect(refused.body).toMatchObject({ status: 422, code: 'POLICY_BELOW_FLOOR' });
    expect(refused.body.facts).toEqual({
      breaches: [
        'CTIA-12: prepaid waits 366 days, more than 365',
        'CTIA-12: answers in 3 business days, more than 2',
        'CTIA-12: a customer may not be charged so much',
        'CTIA-12: no way for deployed military',
      ],
    });
    expect(await desk.shop.count(`select count(*) from unlock_policy where code = 'MEAN' and status = 'DRAFT'`)).toBe(
      1,
    );
  });

  it('and takes no handset from the version before', async () => {
    const first = await desk.publish({ code: 'V1', brand: 'Windows', effectiveFrom: '2020-01-01' });
    const back = await draft({ code: 'V2-BACK', brand: 'Windows', effectiveFrom: '2024-01-01' });
    expect((await publish(back.body.id)).body).toMatchObject({
      ...{ status: 409, code: 'POLICY_RETROACTIVE' },
      facts: { inForce: 'V1', from: '2020-01-01', to: null, asked: '2024-01-01' },
    });
    const next = await draft({ code: 'V2', brand: 'Windows', effectiveFrom: tomorrow(5) });
    expect((await publish(next.body.id)).status).toBe(200);
    const ended = await desk.office.get<Policy>(`/v1/unlock-policies/${first.id}`);
    expect(ended.body).toMatchObject({ status: 'PUBLISHED', effectiveTo: tomorrow(4) });
    const before = await draft({
      code: 'V0',
      brand: 'Windows',
      effectiveFrom: '2015-01-01',
      effectiveTo: '2019-12-31',
    });
    expect((await publish(before.body.id)).status).toBe(200);
  });

  it('once, when two people publish two versions of the same days at once', async () => {
    const drafts = await Promise.all(
      ['A', 'B', 'C', 'D'].map((letter) =>
        draft({ code: `RACE-${letter}`, brand: 'Race', effectiveFrom: '2021-01-01' }),
      ),
    );
    const answers = await Promise.all(drafts.map(({ body }) => publish(body.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(
      await desk.shop.count(`select count(*) from unlock_policy where brand = 'Race' and status = 'PUBLISHED'`),
    ).toBe(1);
  });
});

describe('publishing while requests are decided', () => {
  const decidedMeanwhile = async (brand: string, publishing: () => Promise<unknown>) => {
    const handsets = [];
    for (let n = 0; n < 12; n++) handsets.push(await desk.handset({ device: { brand } }));
    const [, ...answers] = await Promise.all([publishing(), ...handsets.map((handset) => desk.ask(handset))]);
    return answers.map(({ body }) => [body.status, body.decision!.policy?.code ?? null]);
  };

  it('leaves every handset with the version of its day', async () => {
    await desk.publish({ code: 'DAY-1', brand: 'Day', effectiveFrom: '2013-01-01' });
    const stricter = await draft({
      ...{ code: 'DAY-2', brand: 'Day', effectiveFrom: tomorrow(3), rules: [{ check: 'CONTRACT_COMPLETE' }] },
    });
    const decided = await decidedMeanwhile('Day', () => publish(stricter.body.id));
    expect(decided).toEqual(Array(12).fill(['FULFILLING', 'DAY-1']));
    const later = await desk.handset({ device: { brand: 'Day' } });
    expect((await desk.ask(later)).body.decision!.policy?.code).toBe('DAY-1');
  });

  it('decides each by the policy or sends it to a person, never by half of it', async () => {
    const first = await draft({ code: 'FIRST', brand: 'First', effectiveFrom: '2013-01-01' });
    const decided = await decidedMeanwhile('First', () => publish(first.body.id));
    for (const one of decided) {
      expect([
        ['UNDER_REVIEW', null],
        ['FULFILLING', 'FIRST'],
      ]).toContainEqual(one);
    }
    // What a process knows of the policies is at most two seconds old.
    await new Promise((wait) => setTimeout(wait, 2100));
    expect((await desk.ask(await desk.handset({ device: { brand: 'First' } }))).body.status).toBe('FULFILLING');
  });
});

describe('a rule that makes no sense', () => {
  it.each([
    ['an unknown parameter', [{ check: 'PAID_IN_FULL', min: 3 }], '/rules/0/min', 'UNKNOWN_PARAMETER'],
    [
      'a parameter missing',
      [{ check: 'DAYS_ACTIVE', clock: 'CONSECUTIVE_ACTIVE' }],
      '/rules/0/min',
      'PARAMETER_MISSING',
    ],
    [
      'two of which one is wanted',
      [{ check: 'PAID_SERVICE', minDays: 1, minMonths: 1 }],
      '/rules/0',
      'PARAMETER_CHOICE',
    ],
    ['a check and a group at once', [{ check: 'PAID_IN_FULL', group: 'BASE' }], '/rules/0', 'RULE_SHAPE'],
    ['a group nobody defined', [{ any: [{ group: 'NONE' }] }], '/rules/0/any/0/group', 'UNKNOWN_GROUP'],
    [
      'a scope of another check',
      [{ check: 'MAX_UNLOCKS', n: 1, windowDays: 1, scope: 'ANY_LINE' }],
      '/rules/0/scope',
      'PARAMETER_VALUE',
    ],
    ['rules nested too deep', [nested(7)], `/rules/0${'/all/0'.repeat(6)}`, 'RULE_TOO_DEEP'],
  ])('is refused with its place: %s', async (_, rules, pointer, code) => {
    const refused = await draft({ code: 'NONSENSE', rules });
    expect(refused.body).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    expect(await desk.shop.count(`select count(*) from unlock_policy where code = 'NONSENSE'`)).toBe(0);
  });

  it('is refused for a name that replaces or waives nothing', async () => {
    const refused = await draft({
      code: 'NONSENSE',
      alternatives: [{ name: 'TRAVEL', replaces: ['PAID_FULL'], rules: [] }],
      exemptions: [{ name: 'MILITARY', waives: ['DAYS'], documents: ['PAPERS'] }],
    });
    expect(refused.body.errors!.map(({ pointer }) => pointer)).toEqual([
      '/alternatives/0/replaces/0',
      '/exemptions/0/waives/0',
    ]);
  });
});

function nested(deep: number): object {
  return deep ? { all: [nested(deep - 1)] } : { check: 'PAID_IN_FULL' };
}

describe('a dry run', () => {
  it('tells who would change side and why, and changes nothing', async () => {
    await desk.publish({ code: 'DRY-NOW', brand: 'Dry' });
    const paid = await desk.handset({ device: { brand: 'Dry' } });
    const owing = await desk.handset({ device: { brand: 'Dry', balance_minor: 100 } });
    const [yes, no] = [await desk.ask(paid), await desk.ask(owing)];
    const { body } = await draft({
      ...{ code: 'DRY-NEXT', brand: 'Dry', effectiveFrom: tomorrow() },
      rules: [
        { group: 'BASE' },
        { check: 'CUSTOMER_SINCE', min: 3650, comparison: 'MORE_THAN' },
        { check: 'DOCUMENT', documents: ['RECEIPT'] },
      ],
    });
    const before = await desk.shop.count('select count(*) from unlock_decision');
    const report = await desk.office.get(`/v1/unlock-policies/${body.id}/dry-run`);
    expect(report.body).toEqual({
      ...{ decisions: 2, changed: 1, wouldBecomeEligible: 0, wouldLoseEligibility: 1, belowFloor: [] },
      examples: [{ requestId: yes.body.id, was: 'ELIGIBLE', wouldBe: 'NOT_ELIGIBLE', reasons: ['DOCUMENTS_REQUIRED'] }],
    });
    expect(no.body.status).toBe('DENIED');
    expect(await desk.shop.count('select count(*) from unlock_decision')).toBe(before);
  });
});

describe('the checks a policy is made of', () => {
  it('are listed for everybody', async () => {
    const stranger = await desk.shop.as();
    const { body } = await stranger.get<{ items: { name: string; parameters: { name: string }[] }[] }>(
      '/v1/unlock-checks',
    );
    expect(body.items).toHaveLength(25);
    expect(body.items.find(({ name }) => name === 'MAX_UNLOCKS')!.parameters.map(({ name }) => name)).toEqual([
      ...['n', 'windowDays', 'scope', 'kinds'],
    ]);
  });
});

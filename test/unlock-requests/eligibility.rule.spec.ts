import fc from 'fast-check';
import { evaluate } from '../../src/unlock-requests/eligibility/evaluate.js';
import type { UnlockFacts } from '../../src/unlock-requests/eligibility/facts.js';
import type { Rule, RuleSet } from '../../src/unlock-requests/eligibility/rule.js';
import { addDays } from '../../src/values/day.js';
import { dayIn } from '../../src/values/time.js';
import { ACCOUNT, earlier, factsOf, LINE, OTHER_LINE, type Told } from './facts.js';

const ZONE = 'America/Los_Angeles';
const rulesWith = (rules: readonly Rule[], over: Partial<RuleSet> = {}): RuleSet => ({
  ...{ groups: {}, rules, alternatives: [], exemptions: [], allIdentifiersMustPass: false, requiredChannel: null },
  timeZone: ZONE,
  ...over,
});

const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2024-01-01', n));
const instant = fc.integer({ min: 0, max: 900 * 86_400 }).map((s) => new Date(Date.UTC(2024, 0, 1) + s * 1000));

/** Rules that wait for time, and nothing that time undoes. */
const check: fc.Arbitrary<Rule> = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map((min): Rule => ({ check: 'DAYS_SINCE_PURCHASE', min })),
  fc.integer({ min: 1, max: 12 }).map((minMonths): Rule => ({ check: 'DAYS_SINCE_ACTIVATION', minMonths })),
  fc
    .record({
      min: fc.integer({ min: 0, max: 400 }),
      clock: fc.constantFrom('CONSECUTIVE_ACTIVE', 'CUMULATIVE_ACTIVE', 'ACTIVE_ON_REQUESTING_LINE'),
    })
    .map((one): Rule => ({ check: 'DAYS_ACTIVE', ...one })),
  fc.integer({ min: 1, max: 400 }).map((minDays): Rule => ({ check: 'PAID_SERVICE', minDays })),
  fc.integer({ min: 1, max: 12 }).map((minMonths): Rule => ({ check: 'PAID_SERVICE', minMonths })),
  fc.integer({ min: 1, max: 200 }).map((hours): Rule => ({ check: 'SETTLEMENT_HOLD', hours })),
  fc
    .record({ n: fc.integer({ min: 1, max: 3 }), windowDays: fc.integer({ min: 1, max: 400 }) })
    .map((one): Rule => ({ check: 'MAX_UNLOCKS', scope: 'LINE', ...one })),
  fc
    .integer({ min: 1, max: 36 })
    .map((ifTenureMonthsBelow): Rule => ({ check: 'MONTHLY_PAYMENTS', min: 3, ifTenureMonthsBelow })),
  fc.constantFrom<Rule[]>(
    { check: 'PAID_IN_FULL' },
    { check: 'GOOD_STANDING' },
    { check: 'NOT_BLOCKED' },
    { check: 'CONTRACT_COMPLETE' },
  ),
);

const tree: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    check,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all): Rule => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any): Rule => ({ any })),
  ),
})).rule;

const told: fc.Arbitrary<Told> = fc.record({
  device: fc.record({
    contractEndsOn: fc.option(day, { nil: null }),
    activity: fc
      .array(
        fc.record({
          lineId: fc.constantFrom(LINE, OTHER_LINE),
          accountId: fc.constant(ACCOUNT),
          from: day,
          length: fc.option(fc.nat(200), { nil: null }),
        }),
        { maxLength: 4 },
      )
      .map((spans) =>
        spans.map(({ length, ...span }) => ({ ...span, to: length === null ? null : addDays(span.from, length) })),
      ),
    financing: fc
      .record({ balanceMinor: fc.constantFrom(0, 0, 100), paidOffAt: fc.option(instant, { nil: null }) })
      .map(({ balanceMinor, paidOffAt }) => ({
        balanceMinor,
        ...{ currency: 'USD', payoffChannel: 'CARD', paidOffEarly: true, billClosesOn: null },
        paidOffAt: balanceMinor ? null : (paidOffAt?.toISOString() ?? null),
      })),
  }),
  line: fc.record({
    goodStanding: fc.constantFrom(true, true, false, null),
    monthlyPayments: fc.nat(4),
    paidService: fc
      .array(fc.record({ from: day, length: fc.option(fc.nat(200), { nil: null }) }), { maxLength: 4 })
      .map((spans) => spans.map(({ from, length }) => ({ from, to: length === null ? null : addDays(from, length) }))),
  }),
  registry: fc.constantFrom('CLEAN' as const, 'CLEAN' as const, 'UNKNOWN' as const, 'BLOCKED' as const),
  earlier: fc.array(
    instant.map((at) => earlier(at.toISOString())),
    { maxLength: 4 },
  ),
});

const cases = fc.record({
  rules: fc.array(tree, { minLength: 1, maxLength: 4 }),
  facts: fc.tuple(day, told).map(([since, one]) => factsOf(since, one)),
  at: instant,
});
const RUNS = { numRuns: 3000 };
const DAY_MS = 86_400_000;

/** What lies in the future is no fact yet, but for service that is paid ahead. */
function soFar(facts: UnlockFacts, at: Date): UnlockFacts {
  const today = dayIn(ZONE, at);
  const activity = facts.identifiers[0].billing
    .device!.activity.filter(({ from }) => from <= today)
    .map((span) => ({ ...span, to: span.to !== null && span.to < today ? span.to : null }));
  const earlierUnlocks = facts.earlierUnlocks.filter(({ grantedAt }) => new Date(grantedAt) <= at);
  return withDevice({ ...facts, earlierUnlocks }, { activity });
}

describe('the next eligible date', () => {
  it('really is eligible, and the instant before is not', () => {
    let promised = 0;
    fc.assert(
      fc.property(cases, ({ rules, facts, at }) => {
        const known = soFar(facts, at);
        const found = evaluate(rulesWith(rules), known, at);
        if (found.nextEligibleAt === null) return;
        promised++;
        const from = new Date(found.nextEligibleAt);
        expect(from.getTime()).toBeGreaterThan(at.getTime());
        expect(evaluate(rulesWith(rules), known, from).verdict).toBe('ELIGIBLE');
        expect(evaluate(rulesWith(rules), known, new Date(from.getTime() - 1)).verdict).not.toBe('ELIGIBLE');
        const eve = new Date(from.getTime() - DAY_MS);
        if (eve > at) expect(evaluate(rulesWith(rules), known, eve).verdict).not.toBe('ELIGIBLE');
      }),
      RUNS,
    );
    expect(promised).toBeGreaterThan(200);
  });

  it('is that of what comes with time, though something beside it is not known', () => {
    const facts = factsOf('2025-08-31', {
      line: { goodStanding: null },
      device: { activity: [] },
      earlier: [earlier('2025-09-02T07:00:00.000Z')],
    });
    const rules: Rule[] = [
      {
        any: [
          {
            all: [
              { check: 'MAX_UNLOCKS', scope: 'LINE', n: 1, windowDays: 1 },
              { any: [{ check: 'GOOD_STANDING' }, { check: 'DAYS_SINCE_ACTIVATION', minMonths: 1 }] },
            ],
          },
          { check: 'DAYS_SINCE_PURCHASE', min: 31 },
        ],
      },
    ];
    const { verdict, nextEligibleAt } = evaluate(rulesWith(rules), facts, new Date('2025-09-02T12:00:00Z'));
    expect([verdict, nextEligibleAt]).toEqual(['NOT_ELIGIBLE', '2025-09-30T07:00:00.000Z']);
  });

  it('is promised by no answer but a no', () => {
    fc.assert(
      fc.property(cases, ({ rules, facts, at }) => {
        const { verdict, nextEligibleAt } = evaluate(rulesWith(rules), facts, at);
        expect(verdict !== 'NOT_ELIGIBLE' && nextEligibleAt !== null).toBe(false);
      }),
      RUNS,
    );
  });
});

/** Ways in which a customer's standing can only get better. */
const betterments: readonly ((facts: UnlockFacts) => UnlockFacts)[] = [
  (facts) => ({ ...facts, earlierUnlocks: facts.earlierUnlocks.slice(1) }),
  (facts) => ({ ...facts, acceptedDocuments: [...facts.acceptedDocuments, 'DEPLOYMENT_PAPERS'] }),
  (facts) => withLine(facts, { goodStanding: true, monthlyPayments: 99 }),
  (facts) => withLine(facts, { paidService: [{ from: '2010-01-01', to: null }] }),
  (facts) =>
    withDevice(facts, {
      contractEndsOn: null,
      activity: [{ lineId: LINE, accountId: ACCOUNT, from: '2010-01-01', to: null }],
    }),
  (facts) => withDevice(facts, { purchasedOn: '2010-01-01', activatedOn: '2010-01-01' }),
  (facts) => ({
    ...facts,
    identifiers: [
      {
        ...facts.identifiers[0],
        registries: [{ source: 'own', status: 'CLEAN', reasons: [], checkedAt: '2026-01-01T00:00:00.000Z' }],
      },
    ],
  }),
];

const withBilling = (facts: UnlockFacts, over: object): UnlockFacts => {
  const [first] = facts.identifiers;
  return { ...facts, identifiers: [{ ...first, billing: { ...first.billing, ...over } }] };
};
const withLine = (facts: UnlockFacts, over: object) =>
  withBilling(facts, { line: { ...facts.identifiers[0].billing.line, ...over } });
const withDevice = (facts: UnlockFacts, over: object) =>
  withBilling(facts, { device: { ...facts.identifiers[0].billing.device, ...over } });

describe('a satisfied fact more', () => {
  it('never turns a yes into a no', () => {
    let yes = 0;
    fc.assert(
      fc.property(cases, fc.constantFrom(...betterments), ({ rules, facts, at }, better) => {
        if (evaluate(rulesWith(rules), facts, at).verdict !== 'ELIGIBLE') return;
        yes++;
        expect(evaluate(rulesWith(rules), better(facts), at).verdict).toBe('ELIGIBLE');
      }),
      RUNS,
    );
    expect(yes).toBeGreaterThan(200);
  });

  it('never makes an unknown fact count as a good one', () => {
    const unknown = factsOf('2020-01-01', { line: { goodStanding: null }, registry: 'UNKNOWN' });
    const rules = rulesWith([{ check: 'GOOD_STANDING' }, { check: 'NOT_BLOCKED' }]);
    expect(evaluate(rules, unknown, new Date('2026-01-01T00:00:00Z'))).toMatchObject({
      verdict: 'UNDECIDED',
      reasons: ['ACCOUNT_NOT_GOOD_STANDING', 'REGISTRY_UNAVAILABLE'],
    });
  });
});

describe('days', () => {
  const at = (rule: Rule, since: string, instantAt: string) =>
    evaluate(rulesWith([rule]), factsOf(since), new Date(instantAt)).verdict;

  it('begin at midnight of the policy, not of the clock on the wall of the server', () => {
    const rule: Rule = { check: 'DAYS_SINCE_PURCHASE', min: 40 };
    expect(at(rule, '2026-01-01', '2026-02-10T07:59:59.999Z')).toBe('NOT_ELIGIBLE');
    expect(at(rule, '2026-01-01', '2026-02-10T08:00:00Z')).toBe('ELIGIBLE');
  });

  it('are whole ones over the change to summer time', () => {
    const rule: Rule = { check: 'DAYS_SINCE_PURCHASE', min: 1 };
    expect(at(rule, '2026-03-08', '2026-03-09T06:59:59.999Z')).toBe('NOT_ELIGIBLE');
    expect(at(rule, '2026-03-08', '2026-03-09T07:00:00Z')).toBe('ELIGIBLE');
  });

  it('of a purchase on 29 February come round on 28 February', () => {
    const rule: Rule = { check: 'DAYS_SINCE_PURCHASE', minMonths: 12 };
    expect(at(rule, '2024-02-29', '2025-02-28T07:59:59Z')).toBe('NOT_ELIGIBLE');
    expect(at(rule, '2024-02-29', '2025-02-28T08:00:00Z')).toBe('ELIGIBLE');
  });

  it('must be more than so many where the policy says more', () => {
    const rule: Rule = { check: 'DAYS_SINCE_PURCHASE', min: 60, comparison: 'MORE_THAN' };
    expect(at(rule, '2026-01-01', '2026-03-02T20:00:00Z')).toBe('NOT_ELIGIBLE');
    expect(at(rule, '2026-01-01', '2026-03-03T20:00:00Z')).toBe('ELIGIBLE');
  });
});

describe('rules in groups', () => {
  const now = new Date('2026-01-01T12:00:00Z');

  it('tell no reason of a branch that was not needed', () => {
    const rules = rulesWith([
      { any: [{ check: 'PAID_IN_FULL' }, { check: 'DAYS_SINCE_PURCHASE', min: 3000 }] },
      { check: 'GOOD_STANDING' },
    ]);
    expect(evaluate(rules, factsOf('2025-01-01', { line: { goodStanding: false } }), now).reasons).toEqual([
      'ACCOUNT_NOT_GOOD_STANDING',
    ]);
  });

  it('are waived and replaced by their name', () => {
    const rules = rulesWith([{ group: 'MONEY' }], {
      groups: { MONEY: [{ check: 'PAID_IN_FULL' }] },
      exemptions: [
        { name: 'COURT', waives: ['MONEY'], documents: ['COURT_ORDER'], channels: [], familyMemberMayApply: false },
      ],
    });
    const owing = {
      device: {
        financing: {
          balanceMinor: 1,
          currency: 'USD',
          paidOffAt: null,
          payoffChannel: null,
          paidOffEarly: false,
          billClosesOn: null,
        },
      },
    };
    expect(evaluate(rules, factsOf('2025-01-01', owing), now).verdict).toBe('NOT_ELIGIBLE');
    const shown = factsOf('2025-01-01', { ...owing, documents: ['COURT_ORDER'] });
    expect(evaluate(rules, shown, now, { exemption: 'COURT' }).verdict).toBe('ELIGIBLE');
  });

  it('name the place of each rule in the policy', () => {
    const rules = rulesWith(
      [{ any: [{ all: [{ check: 'PAID_IN_FULL' }] }, { check: 'GOOD_STANDING' }] }, { group: 'G' }],
      { groups: { G: [{ check: 'NOT_BLOCKED' }] } },
    );
    expect(evaluate(rules, factsOf('2025-01-01'), now).checks.map(({ path }) => path)).toEqual([
      '/rules/0/any/0/all/0',
      '/rules/0/any/1',
      '/groups/G/0',
    ]);
  });
});

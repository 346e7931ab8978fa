import fc from 'fast-check';
import { GRADE_PROFILE_2026_1 } from '../../migrations/bench-standards.js';
import { type GradeProfile, retailGrade } from '../../src/stock/standards/grade-profile.js';
import { GATE_REASONS, type GateFacts, gateReasons as reasonsBy, type GateReason } from '../../src/stock/units/gate.js';
import { REGISTRY_STATUSES } from '../../src/block-lists/registry-answer.js';
import { COSMETIC_GRADES, ERASURES, LOCK_STATES } from '../../src/stock/units/unit-condition.js';
import { SKU_CONDITIONS, SKU_GRADES } from '../../src/devices/skus/sku.lifecycle.js';

const PROFILE = { version: '2026-1', ...GRADE_PROFILE_2026_1 } as GradeProfile;
const gateReasons = (facts: GateFacts) => reasonsBy(facts, PROFILE);

/** A refurbished unit of grade GOOD that passes. */
const PASSING: GateFacts = {
  condition: 'REFURBISHED',
  grade: 'GOOD',
  cosmetic: 'B',
  functional: 1,
  batteryPct: 80,
  lockState: 'UNLOCKED',
  erasure: 'PASS',
  costMinor: 0,
  kitComplete: true,
  warrantyDays: 90,
  disclosure: null,
  encumbrances: [],
  secondHand: null,
};

/** The same, had by somebody before. */
const PROVEN = { certificate: 'PASS', blockList: 'CLEAN', gradedByLiveProfile: true } as const;

const anyFacts: fc.Arbitrary<GateFacts> = fc.record({
  condition: fc.constantFrom(...SKU_CONDITIONS),
  grade: fc.option(fc.constantFrom(...SKU_GRADES)),
  cosmetic: fc.option(fc.constantFrom(...COSMETIC_GRADES)),
  functional: fc.option(fc.integer({ min: 0, max: 9 })),
  batteryPct: fc.option(fc.integer({ min: 0, max: 100 })),
  lockState: fc.constantFrom(...LOCK_STATES),
  erasure: fc.constantFrom(...ERASURES),
  costMinor: fc.option(fc.nat()),
  kitComplete: fc.boolean(),
  warrantyDays: fc.option(fc.nat(3650)),
  disclosure: fc.option(fc.constant('A scratch')),
  secondHand: fc.option(
    fc.record({
      certificate: fc.option(fc.constantFrom('PASS' as const, 'FAIL' as const)),
      blockList: fc.option(fc.constantFrom(...REGISTRY_STATUSES)),
      gradedByLiveProfile: fc.boolean(),
    }),
  ),
  encumbrances: fc.array(fc.constantFrom('LEGAL_HOLD', 'RECALLED'), { maxLength: 2 }),
});

describe('the gate to AVAILABLE', () => {
  it.each<[string, Partial<GateFacts>, GateReason[]]>([
    ['passes what is as promised', {}, []],
    ['passes at no cost, but not without one', { costMinor: null }, ['COST_UNKNOWN']],
    ['wants it tested', { functional: null }, ['NOT_TESTED']],
    [
      'passes a minor fault that is told, where the grade allows it',
      { grade: 'FAIR', functional: 2, disclosure: 'NFC' },
      [],
    ],
    ['stops a minor fault that the buyer is not told of', { grade: 'FAIR', functional: 2 }, ['DISCLOSURE_MISSING']],
    ['stops a minor fault where the grade does not', { functional: 2, disclosure: 'NFC' }, ['GRADE_TOO_LOW']],
    ['stops what is broken', { functional: 3 }, ['FUNCTIONAL_FAULT', 'GRADE_TOO_LOW']],
    ['wants a grade', { grade: null }, ['GRADE_MISSING']],
    ['wants its looks judged', { cosmetic: null }, ['GRADE_MISSING']],
    ['stops looks below the grade', { cosmetic: 'C' }, ['GRADE_TOO_LOW']],
    ['passes better looks than the grade', { cosmetic: 'A' }, []],
    ['stops a worn battery', { batteryPct: 79 }, ['BATTERY_WORN']],
    ['stops a battery nobody measured', { batteryPct: null }, ['BATTERY_WORN']],
    ['stops a locked one', { lockState: 'LOCKED' }, ['LOCKED']],
    ['stops one that may be locked', { lockState: 'UNKNOWN' }, ['LOCKED']],
    ['stops one not erased', { erasure: 'FAIL' }, ['NOT_ERASED']],
    ['stops one that is yet to be erased', { erasure: 'PENDING' }, ['NOT_ERASED']],
    ['stops a used one that was never erased', { erasure: 'NOT_NEEDED' }, ['NOT_ERASED']],
    ['stops half a kit', { kitComplete: false }, ['KIT_INCOMPLETE']],
    ['wants a warranty', { warrantyDays: null }, ['WARRANTY_MISSING']],
    ['takes a warranty of no days for one', { warrantyDays: 0 }, []],
    ['stops one that is as it was handed in', { condition: 'USED', grade: null }, ['NOT_REFURBISHED']],
    ['passes one had before, with all its proofs', { secondHand: PROVEN }, []],
    [
      'wants the certificate of its erasure',
      { secondHand: { ...PROVEN, certificate: null } },
      ['ERASURE_NOT_CERTIFIED'],
    ],
    ['stops a failed erasure', { secondHand: { ...PROVEN, certificate: 'FAIL' } }, ['ERASURE_NOT_CERTIFIED']],
    ['stops one on a block list', { secondHand: { ...PROVEN, blockList: 'BLOCKED' } }, ['BLOCK_LISTED']],
    ['stops one that somebody claims', { secondHand: { ...PROVEN, blockList: 'CLAIMED' } }, ['BLOCK_LISTED']],
    ['takes unknown for not clean', { secondHand: { ...PROVEN, blockList: 'UNKNOWN' } }, ['BLOCK_LIST_UNKNOWN']],
    ['asks no registry of one without an IMEI', { secondHand: { ...PROVEN, blockList: 'NO_IMEI' } }, []],
    ['wants the registries asked', { secondHand: { ...PROVEN, blockList: null } }, ['BLOCK_LIST_UNKNOWN']],
    ['wants it graded anew', { secondHand: { ...PROVEN, gradedByLiveProfile: false } }, ['GRADE_OUTDATED']],
    ['stops what is barred', { encumbrances: ['FINANCED'] }, ['ENCUMBERED']],
  ])('%s', (_what, over, reasons) => {
    expect(gateReasons({ ...PASSING, ...over })).toEqual(reasons);
  });

  it('asks of a new one no grade, no battery and no warranty, and no erasure', () => {
    const fresh: Partial<GateFacts> = { grade: null, cosmetic: null, batteryPct: null, warrantyDays: null };
    const facts: GateFacts = { ...PASSING, ...fresh, condition: 'NEW', erasure: 'NOT_NEEDED' };
    expect(gateReasons(facts)).toEqual([]);
    expect(gateReasons({ ...facts, condition: 'OPEN_BOX' })).toEqual(['NOT_ERASED']);
  });

  /** Of what is used no grade is asked, what is listed is not unknown, and a minor fault is not the worst. */
  const NOT_AT_ONCE: GateReason[] = ['NOT_REFURBISHED', 'BLOCK_LIST_UNKNOWN', 'DISCLOSURE_MISSING'];

  it('gives every reason at once, in their order', () => {
    const worst: GateFacts = {
      ...{ condition: 'REFURBISHED', grade: 'PRISTINE', cosmetic: 'E', functional: 9, batteryPct: 1 },
      ...{ lockState: 'LOCKED', erasure: 'FAIL', costMinor: null, kitComplete: false, warrantyDays: null },
      ...{ disclosure: null, encumbrances: ['LEGAL_HOLD'] },
      secondHand: { certificate: null, blockList: 'BLOCKED', gradedByLiveProfile: false },
    };
    expect(gateReasons(worst)).toEqual(
      GATE_REASONS.filter(
        (reason) => !NOT_AT_ONCE.includes(reason) && !['NOT_TESTED', 'GRADE_MISSING'].includes(reason),
      ),
    );
    expect(gateReasons({ ...worst, functional: null, cosmetic: null })).toEqual(
      GATE_REASONS.filter(
        (reason) => !NOT_AT_ONCE.includes(reason) && !['FUNCTIONAL_FAULT', 'GRADE_TOO_LOW'].includes(reason),
      ),
    );
  });

  it('never lets pass what must not be sold', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        if (gateReasons(facts).length) return;
        expect(facts.encumbrances).toEqual([]);
        expect(facts.lockState).toBe('UNLOCKED');
        expect(facts.functional).toBeLessThanOrEqual(2);
        expect(facts.costMinor).not.toBeNull();
        expect(facts.secondHand ?? PROVEN).toMatchObject({ certificate: 'PASS', blockList: 'CLEAN' });
        expect(facts.erasure === 'PASS' || (facts.erasure === 'NOT_NEEDED' && facts.condition === 'NEW')).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('knows each reason alone: what mends one leaves the others', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const before = gateReasons(facts);
        const mended = gateReasons({ ...facts, encumbrances: [], costMinor: 1, kitComplete: true, erasure: 'PASS' });
        const others = ['ENCUMBERED', 'COST_UNKNOWN', 'KIT_INCOMPLETE', 'NOT_ERASED'];
        expect(mended).toEqual(before.filter((reason) => !others.includes(reason)));
      }),
    );
  });
});

describe('the retail grade a condition reaches', () => {
  it.each([
    ['A', 0, 90, 'PRISTINE'],
    ['A', 1, 89, 'EXCELLENT'],
    ['B', 0, 100, 'EXCELLENT'],
    ['B', 1, 84, 'GOOD'],
    ['B', 2, 84, 'FAIR'],
    ['A', 2, 100, 'FAIR'],
    ['C', 2, 80, 'FAIR'],
    ['C', 2, 79, null],
    ['D', 0, 100, null],
    ['A', 3, 100, null],
    ['A', 0, null, null],
  ] as const)('%s, functional %i, battery %s: %s', (cosmetic, functional, battery, grade) => {
    expect(retailGrade(PROFILE, { cosmetic, functional, batteryPct: battery })).toBe(grade);
  });

  it('passes the gate of its own grade, and of every lower one', () => {
    const conditions = fc.record({
      cosmetic: fc.constantFrom(...COSMETIC_GRADES),
      functional: fc.integer({ min: 0, max: 9 }),
      batteryPct: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(conditions, ({ cosmetic, functional, batteryPct }) => {
        const reached = retailGrade(PROFILE, { cosmetic, functional, batteryPct });
        const names = PROFILE.grades.map(({ grade }) => grade);
        const passed = names.filter(
          (grade) =>
            gateReasons({ ...PASSING, grade, cosmetic, functional, batteryPct, disclosure: 'NFC' }).length === 0,
        );
        expect(passed).toEqual(reached === null ? [] : names.slice(names.indexOf(reached)));
      }),
      { numRuns: 2000 },
    );
  });
});

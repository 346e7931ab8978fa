import type { Fault } from '../../platform/problem.js';
import { CONTENT_FIELDS } from './rule-content.js';
import { questionSetFaults } from './question-set-faults.js';
import type { JurisdictionRulesDto } from './jurisdiction.dto.js';
import type { ReasonListDto } from './reason-list.dto.js';
import type { TermsDto } from './terms.dto.js';
import type { TradeInRuleDto } from './trade-in-rule.dto.js';

export const ruleFault = (pointer: string, code: string, detail: string): Fault => ({
  ...{ in: 'body', pointer },
  ...{ code, detail },
});

/** Everything that makes no sense in a rule, beyond what its fields by themselves are checked for. */
export function ruleFaults(form: TradeInRuleDto): Fault[] {
  const shape = shapeFaults(form);
  if (shape.length) return shape;
  return [
    ...windowFaults(form),
    ...(form.questionSet ? questionSetFaults(form.questionSet) : []),
    ...(form.terms ? termsFaults(form.terms) : []),
    ...(form.jurisdiction ? jurisdictionFaults(form.jurisdiction) : []),
    ...(form.reasons ? reasonFaults(form.reasons) : []),
  ];
}

function shapeFaults(form: TradeInRuleDto): Fault[] {
  const wanted = CONTENT_FIELDS[form.kind];
  const given = Object.values(CONTENT_FIELDS).filter((field) => form[field] !== undefined);
  return [
    ...(given.includes(wanted)
      ? []
      : [ruleFault(`/${wanted}`, 'MISSING', `A ${form.kind} says what it is in ${wanted}.`)]),
    ...given
      .filter((field) => field !== wanted)
      .map((field) => ruleFault(`/${field}`, 'NOT_EXPECTED', `A ${form.kind} has no ${field}.`)),
  ];
}

function windowFaults({ effectiveFrom, effectiveTo }: TradeInRuleDto): Fault[] {
  if (effectiveTo === undefined) return [];
  const from = effectiveFrom === undefined ? Date.now() : Date.parse(effectiveFrom);
  return Date.parse(effectiveTo) > from ? [] : [ruleFault('/effectiveTo', 'BEFORE_BEGIN', 'It ends before it begins.')];
}

/** Those that stand twice, by the pointer of the second one. */
export const repeated = (values: readonly string[], pointer: (at: number) => string): Fault[] =>
  values.flatMap((value, at) =>
    values.indexOf(value) < at ? [ruleFault(pointer(at), 'TWICE', 'It stands there twice.')] : [],
  );

function termsFaults({ channel, receivesAtLocationId, lostInTransit, plans }: TermsDto): Fault[] {
  const byMail = channel === 'MAIL';
  const faults = repeated(
    plans.map(({ code }) => code),
    (at) => `/terms/plans/${at}/code`,
  );
  if (byMail !== (receivesAtLocationId !== undefined)) {
    const detail = 'Terms for mail say where it is received, terms for stores do not.';
    faults.push(ruleFault('/terms/receivesAtLocationId', byMail ? 'MISSING' : 'NOT_EXPECTED', detail));
  }
  if (!byMail && lostInTransit !== undefined) {
    faults.push(
      ruleFault('/terms/lostInTransit', 'NOT_EXPECTED', 'What is handed over at a store is not lost by mail.'),
    );
  }
  for (const [at, { instrument, months, stopOn }] of plans.entries()) {
    const monthly = instrument === 'MONTHLY_CREDITS';
    if (monthly !== (months !== undefined)) {
      const detail = 'Monthly credits say over how many months, others do not.';
      faults.push(ruleFault(`/terms/plans/${at}/months`, monthly ? 'MISSING' : 'NOT_EXPECTED', detail));
    }
    if (!monthly && stopOn.length) {
      faults.push(ruleFault(`/terms/plans/${at}/stopOn`, 'NOT_EXPECTED', 'Only monthly credits can be stopped.'));
    }
  }
  return faults;
}

const jurisdictionFaults = ({ holdStarts, reporting, statements }: JurisdictionRulesDto): Fault[] => [
  ...repeated(
    statements.map(({ code }) => code),
    (at) => `/jurisdiction/statements/${at}/code`,
  ),
  ...(holdStarts === 'REPORT' && !reporting
    ? [ruleFault('/jurisdiction/reporting', 'MISSING', 'A hold that begins with the report needs one.')]
    : []),
];

const reasonFaults = ({ reasons }: ReasonListDto): Fault[] =>
  repeated(
    reasons.map(({ code }) => code),
    (at) => `/reasons/reasons/${at}/code`,
  );

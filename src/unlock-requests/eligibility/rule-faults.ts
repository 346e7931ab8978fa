import { CURRENCY_EXPONENTS } from '../../values/money.js';
import { CHECKS, checkKind, type CheckName, type ParameterKind } from './check-catalogue.js';

/** One thing wrong with a rule: where it stands in it, and what. */
export interface RuleFault {
  pointer: string;
  code: string;
  detail: string;
}

const SHAPES = ['check', 'all', 'any', 'group'] as const;
const DEEPEST = 6;
const CODE = /^[A-Z][A-Z0-9_]{0,39}$/;

const isCode = (value: unknown, values?: readonly string[]): boolean =>
  typeof value === 'string' && CODE.test(value) && (values?.includes(value) ?? true);

/** A rule as it came in: of the right field types, but maybe of no sense. */
export type GivenRule = Readonly<Record<string, unknown>>;

const fault = (pointer: string, code: string, detail: string): RuleFault[] => [{ pointer, code, detail }];

/** What is wrong with the rules of one list. Groups may not use groups, so that none can hold itself. */
export function ruleFaults(
  rules: readonly GivenRule[],
  groups: readonly string[],
  above: string,
  depth = 1,
): RuleFault[] {
  return rules.flatMap((rule, at) => faultsOfRule(rule, groups, `${above}/${at}`, depth));
}

function faultsOfRule(given: GivenRule, groups: readonly string[], pointer: string, depth: number): RuleFault[] {
  const rule = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const shapes = SHAPES.filter((shape) => rule[shape] !== undefined);
  if (shapes.length !== 1) {
    return fault(pointer, 'RULE_SHAPE', 'A rule has exactly one of check, all, any and group.');
  }
  const [shape] = shapes as [(typeof SHAPES)[number]];
  if (depth > DEEPEST) return fault(pointer, 'RULE_TOO_DEEP', `Rules nest at most ${DEEPEST} deep.`);
  if (shape === 'check') return checkFaults(rule, pointer);
  const strange = Object.keys(rule).filter((name) => name !== shape);
  if (strange.length) return fault(`${pointer}/${strange[0]}`, 'RULE_SHAPE', `This does not go with ${shape}.`);
  if (shape === 'group') {
    if (groups.includes(rule['group'] as string)) return [];
    return fault(`${pointer}/group`, 'UNKNOWN_GROUP', 'No group of this name is defined here; groups use no groups.');
  }
  return ruleFaults(rule[shape] as GivenRule[], groups, `${pointer}/${shape}`, depth + 1);
}

function checkFaults({ check, ...given }: GivenRule, pointer: string): RuleFault[] {
  if (!Object.hasOwn(CHECKS, check as string)) {
    return fault(`${pointer}/check`, 'UNKNOWN_CHECK', 'No such check; GET /v1/unlock-checks lists them.');
  }
  const { parameters, oneOf = [] } = checkKind(check as CheckName);
  const names = Object.keys(given);
  const strange = names
    .filter((name) => !Object.hasOwn(parameters, name))
    .flatMap((name) => fault(`${pointer}/${name}`, 'UNKNOWN_PARAMETER', `${check as string} has no such parameter.`));
  const wrong = Object.entries(parameters).flatMap(([name, { of, required, about }]) => {
    if (given[name] !== undefined) return valueFaults(given[name], of, `${pointer}/${name}`);
    return required ? fault(`${pointer}/${name}`, 'PARAMETER_MISSING', `${check as string} needs it: ${about}.`) : [];
  });
  const chosen = oneOf.filter((name) => given[name] !== undefined).length;
  const unclear =
    oneOf.length && chosen !== 1
      ? fault(pointer, 'PARAMETER_CHOICE', `${check as string} needs exactly one of ${oneOf.join(', ')}.`)
      : [];
  return [...strange, ...wrong, ...unclear];
}

function valueFaults(value: unknown, of: ParameterKind, pointer: string): RuleFault[] {
  const wrong = (detail: string) => fault(pointer, 'PARAMETER_VALUE', detail);
  switch (of.kind) {
    case 'WHOLE':
      return Number.isSafeInteger(value) && (value as number) >= of.min && (value as number) <= of.max
        ? []
        : wrong(`It must be a whole number from ${of.min} to ${of.max}.`);
    case 'ONE_OF':
      return of.values.includes(value as string) ? [] : wrong(`It must be one of ${of.values.join(', ')}.`);
    case 'CODES':
      return Array.isArray(value) && value.length > 0 && value.every((one) => isCode(one, of.values))
        ? []
        : wrong(`It must be a list of ${of.values?.join(', ') ?? 'codes in capitals'}.`);
    case 'CURRENCY':
      return Object.hasOwn(CURRENCY_EXPONENTS, value as string) ? [] : wrong('It must be the code of a currency.');
  }
}

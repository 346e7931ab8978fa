import type { Fault } from '../../platform/problem.js';
import { CHECK_NAMES } from '../eligibility/check-catalogue.js';
import { type GivenRule, type RuleFault, ruleFaults } from '../eligibility/rule-faults.js';
import { UNLOCK_CHANNELS } from '../eligibility/facts.js';
import type { UnlockPolicyDto } from './unlock-policy.dto.js';

const fault = (pointer: string, code: string, detail: string): RuleFault[] => [{ pointer, code, detail }];
const given = (rules: readonly object[]): readonly GivenRule[] => rules as readonly GivenRule[];

/** Everything in a policy that makes no sense, each with its place. */
export function policyFaults(form: UnlockPolicyDto): Fault[] {
  const groups = (form.groups ?? []).map(({ name }) => name);
  const found = [
    ...windowFaults(form),
    ...twiceFaults(groups, '/groups'),
    ...(form.groups ?? []).flatMap(({ rules }, at) => ruleFaults(given(rules), [], `/groups/${at}/rules`)),
    ...ruleFaults(given(form.rules), groups, '/rules'),
    ...alternativeFaults(form, groups),
    ...exemptionFaults(form, groups),
  ];
  return found.map((one) => ({ in: 'body', ...one }));
}

function windowFaults({ effectiveFrom, effectiveTo }: UnlockPolicyDto): RuleFault[] {
  if (effectiveTo === undefined || effectiveFrom <= effectiveTo) return [];
  return fault('/effectiveTo', 'ENDS_BEFORE_IT_BEGINS', 'The last day lies before the first.');
}

function twiceFaults(names: readonly string[], pointer: string): RuleFault[] {
  return names.flatMap((name, at) =>
    names.indexOf(name) === at ? [] : fault(`${pointer}/${at}/name`, 'NAMED_TWICE', 'This name is taken above.'),
  );
}

/** A name that no rule could bear would silently replace or waive nothing. */
function nameFaults(names: readonly string[], groups: readonly string[], pointer: string): RuleFault[] {
  return names.flatMap((name, at) =>
    (CHECK_NAMES as readonly string[]).includes(name) || groups.includes(name)
      ? []
      : fault(`${pointer}/${at}`, 'UNKNOWN_CHECK', 'There is no such check, nor a group of this name.'),
  );
}

function alternativeFaults({ alternatives = [] }: UnlockPolicyDto, groups: readonly string[]): RuleFault[] {
  const names = alternatives.map(({ name }) => name);
  return alternatives
    .flatMap(({ replaces, rules }, at) => [
      ...nameFaults(replaces, groups, `/alternatives/${at}/replaces`),
      ...ruleFaults(given(rules), groups, `/alternatives/${at}/rules`),
    ])
    .concat(twiceFaults(names, '/alternatives'));
}

function exemptionFaults({ exemptions = [] }: UnlockPolicyDto, groups: readonly string[]): RuleFault[] {
  const names = exemptions.map(({ name }) => name);
  return exemptions
    .flatMap(({ waives, channels = [] }, at) => [
      ...nameFaults(waives, groups, `/exemptions/${at}/waives`),
      ...channels.flatMap((channel, place) =>
        (UNLOCK_CHANNELS as readonly string[]).includes(channel)
          ? []
          : fault(`/exemptions/${at}/channels/${place}`, 'UNKNOWN_CHANNEL', `One of ${UNLOCK_CHANNELS.join(', ')}.`),
      ),
    ])
    .concat(twiceFaults(names, '/exemptions'));
}

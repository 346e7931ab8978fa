import { isAll, isAny, isCheck, type Rule } from '../eligibility/rule.js';
import type { UnlockPolicyFacts } from '../policies/policy-content.js';
import type { Language } from '../../values/language.js';
import { amountOf, codeWords, sentence } from './check-texts.js';
import { checkWords } from './check-words.js';

/** What joins the clauses of a policy. */
interface Joints {
  all(clauses: readonly string[]): string;
  any(clauses: readonly string[]): string;
  mode: Readonly<Record<string, (days: number) => string>>;
  answer(days: number, settled: number): string;
  confirm(hours: number): string;
  fee(customer: string, others: string, freeAfter: number | null): string;
  noFee: string;
  temporary(days: number, relock: boolean): string;
  alternative(name: string, clauses: readonly string[], replaced: readonly string[]): string;
  exemption(name: string, documents: readonly string[], waived: readonly string[]): string;
  channel(name: string): string;
  everyImei: string;
  noLock: string;
}

const EN: Joints = {
  all: (clauses) => clauses.join(', and '),
  any: (clauses) => `one of these holds: ${clauses.map((clause, at) => `(${at + 1}) ${clause}`).join('; ')}`,
  mode: {
    ON_REQUEST: () => 'You ask for the unlock.',
    AUTO: (days) => `We unlock the handset by ourselves within ${days} business days of its being eligible.`,
    AUTO_OR_MANUAL_MEANS: (days) =>
      `Within ${days} business days of a handset being eligible we unlock it or tell you how to.`,
  },
  answer: (days, settled) =>
    `We answer a request within ${days} business days and settle it within ${settled} business days.`,
  confirm: (hours) => `A request made without signing in has to be confirmed within ${hours} hours.`,
  fee: (customer, others, after) =>
    `The unlock costs customers ${customer} and others ${others}${after === null ? '' : `, and nothing ${after} months after the purchase`}.`,
  noFee: 'The unlock is free.',
  temporary: (days, relock) =>
    `An unlock for ${days} days can be had${relock ? '; afterwards the handset is locked again unless it has become eligible' : ''}.`,
  alternative: (name, clauses, replaced) =>
    `For ${name} these hold${replaced.length ? `, instead of that ${replaced.join(', and that ')}` : ' besides'}: ${clauses.join(', and ')}.`,
  exemption: (name, documents, waived) =>
    `${sentence(name).slice(0, -1)}: with ${documents.join(' or ')} it need not be so that ${waived.join(', or that ')}.`,
  channel: (name) => `Requests are taken only through this channel: ${name}.`,
  everyImei: 'Every IMEI of the handset has to meet the rules.',
  noLock: 'Handsets may not be sold locked at all.',
};

const ES: Joints = {
  all: (clauses) => clauses.join(', y '),
  any: (clauses) => `se cumple una de estas: ${clauses.map((clause, at) => `(${at + 1}) ${clause}`).join('; ')}`,
  mode: {
    ON_REQUEST: () => 'El desbloqueo lo pide usted.',
    AUTO: (days) => `Desbloqueamos el equipo por nuestra cuenta en ${days} días hábiles desde que cumple las reglas.`,
    AUTO_OR_MANUAL_MEANS: (days) =>
      `En ${days} días hábiles desde que el equipo cumple las reglas lo desbloqueamos o le decimos cómo hacerlo.`,
  },
  answer: (days, settled) =>
    `Respondemos a una solicitud en ${days} días hábiles y la resolvemos en ${settled} días hábiles.`,
  confirm: (hours) => `Una solicitud hecha sin iniciar sesión se confirma en ${hours} horas.`,
  fee: (customer, others, after) =>
    `El desbloqueo cuesta ${customer} a los clientes y ${others} a los demás${after === null ? '' : `, y nada a los ${after} meses de la compra`}.`,
  noFee: 'El desbloqueo es gratis.',
  temporary: (days, relock) =>
    `Se puede pedir un desbloqueo por ${days} días${relock ? '; después el equipo se bloquea de nuevo si aún no cumple las reglas' : ''}.`,
  alternative: (name, clauses, replaced) =>
    `Para ${name} vale${replaced.length ? `, en lugar de que ${replaced.join(' y de que ')}` : ' además'}: ${clauses.join(', y ')}.`,
  exemption: (name, documents, waived) =>
    `${sentence(name).slice(0, -1)}: con ${documents.join(' o ')} no hace falta lo siguiente: ${waived.join('; ')}.`,
  channel: (name) => `Las solicitudes solo se aceptan por esta vía: ${name}.`,
  everyImei: 'Todos los IMEI del equipo tienen que cumplir las reglas.',
  noLock: 'Los equipos no se pueden vender bloqueados.',
};

const JOINTS: Readonly<Record<Language, Joints>> = { en: EN, es: ES };

/** A policy as people read it: one sentence a rule, and one for each of its other terms. */
export function policyInWords({ content }: Pick<UnlockPolicyFacts, 'content'>, language: Language): string[] {
  const joints = JOINTS[language];
  const clause = (rule: Rule): string => clauseOf(rule, { groups: content.groups, joints, language });
  const named = (name: string): string[] => rulesNamed(content, name).map(clause);
  const flat = content.rules.flatMap((rule) => (isNamed(rule) ? (content.groups[rule.group] ?? []) : [rule]));
  const { fee, temporary, requiredChannel } = content;
  return [
    ...(content.lockAllowed ? [] : [joints.noLock]),
    joints.mode[content.mode]!(content.autoWithinBusinessDays),
    ...flat.map((rule) => sentence(clause(rule))),
    ...content.alternatives.map(({ name, rules, replaces }) =>
      joints.alternative(codeWords(name, language), rules.map(clause), replaces.flatMap(named)),
    ),
    ...content.exemptions.map(({ name, documents, waives }) =>
      joints.exemption(
        codeWords(name, language),
        documents.map((document) => codeWords(document, language)),
        waives.flatMap(named),
      ),
    ),
    ...(content.allIdentifiersMustPass ? [joints.everyImei] : []),
    ...(requiredChannel === null ? [] : [joints.channel(codeWords(requiredChannel, language))]),
    ...(temporary ? [joints.temporary(temporary.days, temporary.relock)] : []),
    fee
      ? joints.fee(
          amountOf(fee.customerMinor, fee.currency),
          amountOf(fee.othersMinor, fee.currency),
          fee.freeAfterMonths,
        )
      : joints.noFee,
    joints.confirm(content.confirmWithinHours),
    joints.answer(content.responseBusinessDays, content.resolutionBusinessDays),
  ];
}

/** What a name stands for: the rules of a group, or every rule of a kind, wherever in the policy. */
function rulesNamed({ groups, rules }: UnlockPolicyFacts['content'], name: string): readonly Rule[] {
  const within = (rule: Rule): readonly Rule[] => {
    if (isCheck(rule)) return rule.check === name ? [rule] : [];
    if (isAll(rule)) return rule.all.flatMap(within);
    if (isAny(rule)) return rule.any.flatMap(within);
    return (groups[rule.group] ?? []).flatMap(within);
  };
  return groups[name] ?? rules.flatMap(within);
}

const isNamed = (rule: Rule): rule is { group: string } => !isCheck(rule) && 'group' in rule;

interface Saying {
  groups: UnlockPolicyFacts['content']['groups'];
  joints: Joints;
  language: Language;
}

function clauseOf(rule: Rule, saying: Saying): string {
  const { groups, joints, language } = saying;
  const clauses = (rules: readonly Rule[]) => rules.map((one) => clauseOf(one, saying));
  if (isCheck(rule)) {
    const { check, ...parameters } = rule;
    return checkWords(check, parameters, language);
  }
  if (isAll(rule)) return joints.all(clauses(rule.all));
  if (isAny(rule)) return joints.any(clauses(rule.any));
  return joints.all(clauses(groups[rule.group] ?? []));
}

import { decimalFromMinor } from '../../values/money.js';
import type { CheckName } from '../eligibility/check-catalogue.js';
import type { Parameters } from '../eligibility/rule.js';
import type { Language } from '../../values/language.js';

/** What a check asks for, with the figures of the policy: a clause without a full stop, beginning with a small letter. */
export type CheckTexts = Readonly<Record<CheckName | 'CHANNEL', (given: Parameters) => string>>;

export const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

/** A code of a policy such as `DEPLOYMENT_PAPERS` as words. */
const plainCode = (code: string): string => code.toLowerCase().replaceAll('_', ' ');

/** Codes that policies use again and again; a carrier's own are told as they are written. */
const SPANISH: Readonly<Record<string, string>> = {
  MILITARY_DEPLOYED: 'militares desplegados',
  INTERNATIONAL_TRAVEL: 'viaje internacional',
  TRAVEL: 'viaje',
  DEPLOYMENT_PAPERS: 'los papeles del despliegue',
  WEB: 'la página web',
  STORE: 'la tienda',
  CARE: 'atención al cliente',
  EMAIL: 'correo electrónico',
};

export const codeWords = (code: string, language: Language): string =>
  (language === 'es' ? SPANISH[code] : undefined) ?? plainCode(code);

export const codes = (given: Parameters[string], or: 'or' | 'o'): string => {
  const language = or === 'o' ? 'es' : 'en';
  return ((given ?? []) as readonly string[]).map((code) => codeWords(code, language)).join(` ${or} `);
};

export const amountOf = (minor: Parameters[string], currency: Parameters[string]): string =>
  `${decimalFromMinor(Number(minor), String(currency))} ${String(currency)}`;

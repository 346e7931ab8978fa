import type { Reason } from '../eligibility/reasons.js';
import type { Language } from '../../values/language.js';
import type { ReasonTexts } from './reason-texts.js';
import { REASONS_IN_ENGLISH } from './reasons.en.js';
import { REASONS_IN_SPANISH } from './reasons.es.js';

/** A reason as a customer reads it: what is so, and what can be done about it. */
export interface ReasonWords {
  title: string;
  remedy: string;
}

const TEXTS: Readonly<Record<Language, ReasonTexts>> = { en: REASONS_IN_ENGLISH, es: REASONS_IN_SPANISH };

/** Reasons with their words, as views have them. */
export const reasonsInWords = (codes: readonly string[], language: Language) =>
  codes.map((code) => ({ code, ...reasonWords(code as Reason, language) }));

/** Page, mails and API say the same of a reason, in the customer's language. */
export function reasonWords(code: Reason, language: Language): ReasonWords {
  const [title, remedy] = TEXTS[language][code];
  return { title, remedy };
}

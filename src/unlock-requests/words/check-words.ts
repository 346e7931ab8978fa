import type { CheckName } from '../eligibility/check-catalogue.js';
import type { Parameters } from '../eligibility/rule.js';
import type { Language } from '../../values/language.js';
import type { CheckTexts } from './check-texts.js';
import { CHECKS_IN_ENGLISH } from './checks.en.js';
import { CHECKS_IN_SPANISH } from './checks.es.js';

const TEXTS: Readonly<Record<Language, CheckTexts>> = { en: CHECKS_IN_ENGLISH, es: CHECKS_IN_SPANISH };

/** What a check of a policy asks for, as a clause. */
export const checkWords = (check: string, parameters: Parameters, language: Language): string =>
  TEXTS[language][check as CheckName](parameters);

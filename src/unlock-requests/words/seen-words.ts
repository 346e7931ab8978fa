import type { Language } from '../../values/language.js';
import { amountOf } from './check-texts.js';

/** What a check has seen is written in English when it is found; these are all the words it is written in. */
const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/\bdays since\b/g, 'días desde'],
  [/\bdays\b/g, 'días'],
  [/\bpayments\b/g, 'pagos'],
  [/\bcustomer since\b/g, 'cliente desde'],
  [/\blast seen on\b/g, 'visto por última vez el'],
  [/\bends on\b/g, 'termina el'],
  [/^billing has never seen it$/, 'no consta en la facturación'],
  [/^not sold by us$/, 'no lo vendimos nosotros'],
  [/^sold by us$/, 'lo vendimos nosotros'],
  [/^on no list$/, 'en ninguna lista'],
  [/^listed$/, 'en una lista'],
  [/^not seen$/, 'no visto'],
  [/^none suspected$/, 'ninguna'],
  [/^suspected$/, 'hay sospecha'],
  [/^no contract$/, 'sin contrato'],
  [/^no company$/, 'no es de una empresa'],
  [/^no early upgrade$/, 'sin renovación anticipada'],
  [/^no payment to wait for$/, 'ningún pago pendiente'],
  [/^active on another account$/, 'activo en otra cuenta'],
  [/^on no other account$/, 'en ninguna otra cuenta'],
  [/^none$/, 'ninguno'],
  [/^ACTIVE$/, 'activa'],
];

/** `12500 USD minor units` as people write it. */
const inWholes = (seen: string): string =>
  seen.replace(/\b(\d+) ([A-Z]{3}) minor units\b/g, (_, minor: string, currency: string) => amountOf(+minor, currency));

export function seenWords(seen: string, language: Language): string {
  const text = inWholes(seen);
  return language === 'en' ? text : SPANISH.reduce((so, [english, spanish]) => so.replace(english, spanish), text);
}

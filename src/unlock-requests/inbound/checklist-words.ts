import type { Language } from '../../values/language.js';
import type { Way } from './ways.js';

interface Known {
  imei: string;
  /** The carrier that locked it; null when nobody knows. */
  lockedTo: string | null;
  attemptsLeft: number | null;
  byCode: boolean;
}

type Lines = Readonly<Record<'referral' | 'agent', (known: Known) => string[]>>;

const EN: Lines = {
  referral: ({ imei, lockedTo, attemptsLeft, byCode }) => [
    `Ask ${lockedTo ?? 'the carrier the handset was made for'} to unlock the handset with the IMEI ${imei}.`,
    'Have with you what shows that it is yours: the bill of sale, or the number it was used with.',
    'Ask whether anything is owed for it there: most carriers unlock a handset only once it is paid for.',
    byCode
      ? 'Ask for the network unlock code, for how it is entered, and for how long it takes to come.'
      : 'No code is entered into this handset: they tell the maker, and it opens by itself.',
    ...(byCode ? [tries(attemptsLeft)] : []),
  ],
  agent: () => [
    'Or sign a direction that lets us ask for you; bring it with proof that the handset is yours.',
    'A second person here looks at it before we ask. You are written to when the code has come.',
  ],
};

const tries = (left: number | null): string =>
  left === null
    ? 'Try no code before: only a few tries are given, and after the last one it is locked for good.'
    : `Try no code before: ${left} ${left === 1 ? 'try is' : 'tries are'} left, and after the last one it is locked for good.`;

const ES: Lines = {
  referral: ({ imei, lockedTo, attemptsLeft, byCode }) => [
    `Pida a ${lockedTo ?? 'el operador para el que se hizo el equipo'} que desbloquee el equipo con el IMEI ${imei}.`,
    'Lleve algo que muestre que es suyo: la factura de compra o el número con el que se usó.',
    'Pregunte si allí se debe algo por él: casi todos los operadores lo desbloquean solo cuando está pagado.',
    byCode
      ? 'Pida el código de desbloqueo de red, cómo se introduce y cuánto tarda en llegar.'
      : 'En este equipo no se introduce ningún código: avisan al fabricante y se abre solo.',
    ...(byCode ? [intentos(attemptsLeft)] : []),
  ],
  agent: () => [
    'O firme una autorización para que lo pidamos nosotros; tráigala con una prueba de que el equipo es suyo.',
    'Aquí la revisa otra persona antes de pedirlo. Le escribimos cuando llegue el código.',
  ],
};

const intentos = (left: number | null): string =>
  left === null
    ? 'No pruebe antes ningún código: hay pocos intentos y, tras el último, se bloquea para siempre.'
    : `No pruebe antes ningún código: ${left === 1 ? 'queda 1 intento' : `quedan ${left} intentos`} y, tras el último, se bloquea para siempre.`;

/** What the customer takes home on paper. */
export function checklist(ways: readonly Way[], known: Known, language: Language): string[] {
  const lines = language === 'es' ? ES : EN;
  return [
    ...(ways.includes('REFERRAL') ? lines.referral(known) : []),
    ...(ways.includes('AGENT') ? lines.agent(known) : []),
  ];
}

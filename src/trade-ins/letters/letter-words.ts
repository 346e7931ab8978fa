import type { Language } from '../../values/language.js';
import { decimalFromMinor } from '../../values/money.js';
import type { Silence } from '../rules/terms.words.js';
import type { TradeInState } from '../trades/trade-in.lifecycle.js';

/** The states of a trade-in that its seller is written to about. */
export const TOLD_STATES = [
  'RECEIVED',
  'SUSPENDED',
  'COUNTER_OFFERED',
  'REJECTED',
  'RETURNED',
  'NOT_RECEIVED',
  'LOST_IN_TRANSIT',
  'SETTLED',
  'CLAWED_BACK',
] as const satisfies readonly TradeInState[];
export type ToldState = (typeof TOLD_STATES)[number];

/** What a letter tells of a trade-in; amounts in minor units. */
export interface TradeNews {
  status: ToldState;
  number: string;
  language: Language;
  currency: string;
  /** What was paid or is offered, market value and what is on top together. */
  amountMinor: number | null;
  waitsUntil: Date | null;
  timeZone: string;
  silence: Silence | null;
  /** Why, in the words of the reasons that are served. */
  reasons: readonly string[];
}

interface Words {
  subject(number: string): string;
  news: Readonly<Record<ToldState, string>>;
  offer(amount: string, until: string): string;
  until(day: string): string;
  silence: Readonly<Record<Silence, string>>;
  paid(amount: string): string;
}

const EN: Words = {
  subject: (number) => `News on your trade-in ${number}`,
  news: {
    RECEIVED: 'Your handset has come. It is looked at next.',
    SUSPENDED: 'We have your handset and cannot go on before something is put right:',
    COUNTER_OFFERED: 'We have looked at your handset. It is not as it was described:',
    REJECTED: 'We cannot take your handset:',
    RETURNED: 'Your handset is on its way back to you.',
    NOT_RECEIVED: 'Your handset has not come in time, so the trade-in has ended.',
    LOST_IN_TRANSIT: 'Your handset was lost on its way to us.',
    SETTLED: 'Your trade-in is complete.',
    CLAWED_BACK: 'What you were given for your handset was taken back. Please call customer care.',
  },
  offer: (amount, until) => `We offer ${amount} for it as it is. Please answer by ${until}.`,
  until: (day) => `We wait until ${day}.`,
  silence: {
    ACCEPT: 'Without an answer we take it that you agree.',
    RETURN: 'Without an answer we send it back to you.',
    RECYCLE: 'Without an answer it is recycled, and nothing is paid.',
  },
  paid: (amount) => `What you are given for it: ${amount}.`,
};

const ES: Words = {
  subject: (number) => `Novedades de su entrega ${number}`,
  news: {
    RECEIVED: 'Su teléfono ha llegado. Ahora lo revisaremos.',
    SUSPENDED: 'Tenemos su teléfono y no podemos seguir hasta que algo se resuelva:',
    COUNTER_OFFERED: 'Hemos revisado su teléfono. No está como se describió:',
    REJECTED: 'No podemos quedarnos con su teléfono:',
    RETURNED: 'Su teléfono va de vuelta a usted.',
    NOT_RECEIVED: 'Su teléfono no llegó a tiempo y la entrega terminó.',
    LOST_IN_TRANSIT: 'Su teléfono se perdió de camino a nosotros.',
    SETTLED: 'Su entrega está completa.',
    CLAWED_BACK: 'Se retiró lo que recibió por su teléfono. Llame a atención al cliente.',
  },
  offer: (amount, until) => `Le ofrecemos ${amount} por él tal como está. Responda antes del ${until}.`,
  until: (day) => `Esperamos hasta el ${day}.`,
  silence: {
    ACCEPT: 'Sin respuesta entendemos que está de acuerdo.',
    RETURN: 'Sin respuesta se lo devolvemos.',
    RECYCLE: 'Sin respuesta se recicla y no se paga nada.',
  },
  paid: (amount) => `Lo que recibe por él: ${amount}.`,
};

const WORDS: Readonly<Record<Language, Words>> = { en: EN, es: ES };

/** A mail to the seller, without address: what happened, why, how much, and until when they may answer. */
export function letterOf(news: TradeNews): { subject: string; text: string } {
  const words = WORDS[news.language];
  const amount = news.amountMinor === null ? null : amountWords(news.amountMinor, news);
  const until = news.waitsUntil === null ? null : dayWords(news.waitsUntil, news);
  const offered = news.status === 'COUNTER_OFFERED';
  const lines = [
    words.news[news.status],
    ...news.reasons.map((reason) => `- ${reason}`),
    ...(offered && amount !== null && until !== null ? [words.offer(amount, until)] : []),
    ...(offered && news.silence !== null ? [words.silence[news.silence]] : []),
    ...(news.status === 'SUSPENDED' && until !== null ? [words.until(until)] : []),
    ...(['SETTLED', 'LOST_IN_TRANSIT'].includes(news.status) && amount !== null ? [words.paid(amount)] : []),
  ];
  return { subject: words.subject(news.number), text: `${lines.join('\n')}\n` };
}

/** As the language writes it, from the exact digits: no sum of money passes through a fraction. */
function amountWords(amountMinor: number, { language, currency }: TradeNews): string {
  const digits = decimalFromMinor(amountMinor, currency) as `${number}`;
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(digits as unknown as number);
}

const dayWords = (at: Date, { language, timeZone }: TradeNews): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);

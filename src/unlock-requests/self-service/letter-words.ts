import type { ToldState } from '../requests/notices.js';
import type { Language } from '../../values/language.js';

/** A mail as it is written to a customer, without address. */
export interface Letter {
  subject: string;
  text: string;
}

interface Facts {
  number: string;
  link: string;
}

interface Letters {
  confirm(facts: Facts & { until: string }): Letter;
  open(facts: Facts): Letter;
  oneTimeCode(facts: { number: string; code: string; minutes: number }): Letter;
  told(facts: Facts & { status: ToldState; ending: string; reasons: readonly string[]; from: string | null }): Letter;
}

const NEWS_EN: Readonly<Record<ToldState, string>> = {
  DENIED: 'We cannot unlock it at present.',
  ACTION_REQUIRED: 'It is approved and ready. The code is shown on the page below, never in a mail.',
  COMPLETED: 'It is unlocked.',
  AWAITING_DOCUMENTS: 'We need a document from you. Hand it in on the page below, at a store or to customer care.',
  REVOKED: 'The approval was taken back. Please call customer care.',
};
const NEWS_ES: Readonly<Record<ToldState, string>> = {
  DENIED: 'Por ahora no podemos desbloquearlo.',
  ACTION_REQUIRED: 'Está aprobado y listo. El código se muestra en la página de abajo, nunca en un correo.',
  COMPLETED: 'Está desbloqueado.',
  AWAITING_DOCUMENTS:
    'Necesitamos un documento suyo. Entréguelo en la página de abajo, en una tienda o a atención al cliente.',
  REVOKED: 'La aprobación se retiró. Llame a atención al cliente.',
};

const lines = (...parts: readonly (string | readonly string[])[]): string => `${parts.flat().join('\n')}\n`;

const EN: Letters = {
  confirm: ({ number, link, until }) => ({
    subject: `Confirm your unlock request ${number}`,
    text: lines(
      'Somebody, we hope you, asked us to unlock a handset and gave this address.',
      ['', 'Open this page and confirm it:', link, ''],
      `The link works once, until ${until}. Request number: ${number}`,
      'If it was not you, do nothing: the request lapses.',
    ),
  }),
  open: ({ number, link }) => ({
    subject: `Your unlock request ${number}`,
    text: lines(['You asked for a new link to your request:', link, ''], 'Links sent before no longer open it.'),
  }),
  oneTimeCode: ({ number, code, minutes }) => ({
    subject: `Code for your unlock request ${number}`,
    text: lines(
      [`${code} is the code that lets you see your unlock code. It works once, for ${minutes} minutes.`, ''],
      'We never ask for it on the telephone. If you did not ask for it, do nothing.',
    ),
  }),
  told: ({ number, link, status, ending, reasons, from }) => ({
    subject: `News on your unlock request ${number}`,
    text: lines(
      [`About the handset whose IMEI ends in ${ending}:`, NEWS_EN[status]],
      reasons.map((reason) => `- ${reason}`),
      from === null ? [] : [`If nothing else changes you can ask again from ${from}.`],
      ['', 'All about it, and what you can do:', link],
    ),
  }),
};

const ES: Letters = {
  confirm: ({ number, link, until }) => ({
    subject: `Confirme su solicitud de desbloqueo ${number}`,
    text: lines(
      'Alguien, esperamos que usted, nos pidió desbloquear un equipo y dio esta dirección.',
      ['', 'Abra esta página y confírmelo:', link, ''],
      `El enlace vale una vez, hasta ${until}. Número de solicitud: ${number}`,
      'Si no fue usted, no haga nada: la solicitud caduca.',
    ),
  }),
  open: ({ number, link }) => ({
    subject: `Su solicitud de desbloqueo ${number}`,
    text: lines(['Pidió un enlace nuevo a su solicitud:', link, ''], 'Los enlaces anteriores ya no la abren.'),
  }),
  oneTimeCode: ({ number, code, minutes }) => ({
    subject: `Código para su solicitud de desbloqueo ${number}`,
    text: lines(
      [`${code} es el código para ver su código de desbloqueo. Vale una vez, durante ${minutes} minutos.`, ''],
      'Nunca se lo pediremos por teléfono. Si no lo pidió, no haga nada.',
    ),
  }),
  told: ({ number, link, status, ending, reasons, from }) => ({
    subject: `Novedades de su solicitud de desbloqueo ${number}`,
    text: lines(
      [`Sobre el equipo cuyo IMEI termina en ${ending}:`, NEWS_ES[status]],
      reasons.map((reason) => `- ${reason}`),
      from === null ? [] : [`Si nada más cambia, puede volver a pedirlo a partir de ${from}.`],
      ['', 'Todos los detalles y lo que puede hacer:', link],
    ),
  }),
};

export const LETTERS: Readonly<Record<Language, Letters>> = { en: EN, es: ES };

/** An instant as people write it, in a zone that is the same for everybody. */
export const dateWords = (at: Date, language: Language): string =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;

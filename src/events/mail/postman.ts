import nodemailer from 'nodemailer';
import type { Settings } from '../../platform/settings.js';
import type { Mail } from './mail-queue.js';

/** What came of handing a mail to the mail server. */
export type Delivery = 'SENT' | 'LATER' | 'NEVER';

/** What a mail server said no to for good, as far as the mail itself is concerned; a wrong password can be mended. */
const ABOUT_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);

export interface Postman {
  deliver(id: string, mail: Mail): Promise<{ delivery: Delivery; code: string }>;
  close(): void;
}

/** Hands mails to the mail server over SMTP. The Message-ID is the mail's own, so that a second copy is known as such. */
export function postman(
  { SMTP_URL, MAIL_FROM, MAIL_TIMEOUT_MS }: Pick<Settings, 'SMTP_URL' | 'MAIL_FROM' | 'MAIL_TIMEOUT_MS'>,
  atOnce: number,
): Postman {
  const limits = {
    connectionTimeout: MAIL_TIMEOUT_MS,
    greetingTimeout: MAIL_TIMEOUT_MS,
    socketTimeout: MAIL_TIMEOUT_MS,
  };
  const transport = nodemailer.createTransport({
    ...{ pool: true, maxConnections: atOnce, maxMessages: 100 },
    ...{ url: SMTP_URL, ...limits, dnsTimeout: MAIL_TIMEOUT_MS },
  });
  const host = /@([^\s>]+)/.exec(MAIL_FROM)?.[1] ?? 'localhost';
  return {
    async deliver(id, { to, subject, text, html }) {
      try {
        const content = { subject, text, ...(html === undefined ? {} : { html }) };
        // An automatic mail is answered by no automaton (RFC 3834).
        const headers = { 'Auto-Submitted': 'auto-generated' };
        await transport.sendMail({ from: MAIL_FROM, to, messageId: `<${id}@${host}>`, headers, ...content });
        return { delivery: 'SENT', code: '' };
      } catch (failed) {
        const { code = 'unknown', responseCode = 0 } = failed as { code?: string; responseCode?: number };
        const forGood = ABOUT_THE_MAIL.has(code) && responseCode >= 500;
        return { delivery: forGood ? 'NEVER' : 'LATER', code: `${code} ${responseCode}` };
      }
    },
    close: () => transport.close(),
  };
}

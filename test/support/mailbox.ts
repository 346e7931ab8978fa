import { setTimeout as pause } from 'node:timers/promises';
import type { Shop } from './shop.js';

export interface ReadMail {
  to: string;
  subject: string;
  text: string;
  messageId: string;
  receivedAt: string;
}

export async function mails(shop: Pick<Shop, 'url'>, to?: string): Promise<ReadMail[]> {
  const all = (await (await fetch(`${shop.url}/dev/mailbox.json`)).json()) as ReadMail[];
  return to === undefined ? all : all.filter((mail) => mail.to === to);
}

/** The latest mail to an address that holds a text, once it has come. */
export async function mailTo(shop: Pick<Shop, 'url'>, to: string, holding: RegExp | string): Promise<ReadMail> {
  for (const until = Date.now() + 10_000; Date.now() < until; await pause(20)) {
    const found = (await mails(shop, to)).find(({ text }) =>
      typeof holding === 'string' ? text.includes(holding) : holding.test(text),
    );
    if (found) return found;
  }
  throw new Error(`No mail to ${to} holds ${String(holding)}: ${JSON.stringify(await mails(shop, to))}`);
}

/** What stands behind the # of the link in a mail: `confirm=…`, `open=…`. */
export const fragmentOf = ({ text }: ReadMail): string => /\/unlock#(\S+)/.exec(text)![1]!;
export const tokenOf = (mail: ReadMail): string => fragmentOf(mail).replace('confirm=', '');
export const oneTimeCodeOf = ({ text }: ReadMail): string => /^(\d{6}) /m.exec(text)![1]!;

/** A mail that came in. */
export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
  messageId: string;
  receivedAt: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

/** The text of a mail with its links to click. */
const linked = (text: string): string =>
  escaped(text).replace(/https?:\/\/[^\s<]+/g, (link) => `<a href="${link}">${link}</a>`);

const letter = ({ to, subject, text, receivedAt }: ReceivedMail): string =>
  `<article><h2>${escaped(subject)}</h2><p>To ${escaped(to)}, <time>${receivedAt}</time></p><pre>${linked(text)}</pre></article>`;

/** Every mail kept, the latest first, for people who try the program out. */
export const mailboxPage = (mails: readonly ReceivedMail[]): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mailbox</title></head><body><h1>Mails sent</h1>
${mails.map(letter).join('\n') || '<p>None yet.</p>'}
</body></html>
`;

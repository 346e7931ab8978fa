import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { simpleParser } from 'mailparser';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { mailboxPage, type ReceivedMail } from './mailbox-page.js';

export interface Mailbox {
  smtpUrl: string;
  mount(app: NestFastifyApplication): void;
}

const MOST_KEPT = 200;
export const MAILBOX = '/dev/mailbox';

/** A mail server on this machine whose one mailbox takes every mail, whomever it is for; forgotten with the process. */
export async function localMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, logger: false },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
      parsed(stream).then(
        ({ subject = '', text = '', messageId = '' }) => {
          mails.unshift({ to, subject, text, messageId, receivedAt: new Date().toISOString() });
          mails.length = Math.min(mails.length, MOST_KEPT);
          done();
        },
        () => done(new Error('The message cannot be read.')),
      );
    },
  });
  // A sender that hangs up is no reason to end.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  // The program ends when all else is done.
  listening.unref();
  const { port } = listening.address() as { port: number };
  return { smtpUrl: `smtp://127.0.0.1:${port}`, mount: (app) => mount(app, mails) };
}

/** The parser is loaded when the first mail comes: it is larger than all else here. */
async function parsed(stream: Parameters<typeof simpleParser>[0]) {
  const { default: parser } = await import('mailparser');
  return parser.simpleParser(stream);
}

function mount(app: NestFastifyApplication, mails: readonly ReceivedMail[]): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.get(MAILBOX, { config: { work: 'health' } }, (_request, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(mailboxPage(mails)),
  );
  server.get(`${MAILBOX}.json`, { config: { work: 'health' } }, (_request, reply) => reply.send(mails));
}

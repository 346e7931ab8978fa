import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager, type EntitySubscriberInterface } from 'typeorm';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';

/** A mail in plain: it never leaves the process but sealed, or to the mail server. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** After this there is no use in sending it. */
  usefulUntil?: Date;
}

/** A mail as it is queued. */
export interface SealedMail {
  id: string;
  to: Buffer;
  content: Buffer;
  usefulUntil: Date | null;
}

const PURPOSE = 'mail';
const aboutTo = (id: string): string => `mail_message|${id}|to`;
const aboutContent = (id: string): string => `mail_message|${id}|content`;

/** Seals mails before an act opens its transaction, and opens them when they are sent. */
@Injectable()
export class MailSeal {
  constructor(private readonly vault: Vault) {}

  async sealed({ to, usefulUntil, ...content }: Mail): Promise<SealedMail> {
    const id = newId();
    return {
      ...{ id, usefulUntil: usefulUntil ?? null, to: await this.vault.seal(PURPOSE, aboutTo(id), to) },
      content: await this.vault.seal(PURPOSE, aboutContent(id), JSON.stringify(content)),
    };
  }

  async opened({ id, to, content }: Pick<SealedMail, 'id' | 'to' | 'content'>): Promise<Mail> {
    const address = await this.vault.unseal(aboutTo(id), to);
    const rest = await this.vault.unseal(aboutContent(id), content);
    return { to: address.toString(), ...(JSON.parse(rest.toString()) as Omit<Mail, 'to'>) };
  }
}

/** The mark on a connection whose transaction has queued something. */
const QUEUED = 'mailQueued';

/** Tells this process's worker that something waits for it, once the transaction has committed. */
export function wakeAfterCommit(tx: EntityManager): void {
  if (tx.queryRunner) tx.queryRunner.data[QUEUED] = true;
}

/** Queues a mail: a step, so that it goes out if the act commits, and not if it does not. */
export async function queueMail(tx: EntityManager, { id, to, content, usefulUntil }: SealedMail): Promise<void> {
  await tx.query('insert into mail_message (id, to_sealed, content_sealed, useful_until) values ($1, $2, $3, $4)', [
    id,
    to,
    content,
    usefulUntil,
  ]);
  wakeAfterCommit(tx);
}

/** Passes the mark on after the commit. Only a quicker signal: a mail that nobody is woken for is found by the clock. */
@Injectable()
export class MailSignal implements OnModuleInit, EntitySubscriberInterface {
  private readonly listeners = new Set<() => void>();

  constructor(private readonly db: DataSource) {}

  onModuleInit(): void {
    this.db.subscribers.push(this);
  }

  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  afterTransactionCommit({ queryRunner: { data } }: { queryRunner: { data: Record<string, unknown> } }): void {
    if (!data[QUEUED]) return;
    delete data[QUEUED];
    this.listeners.forEach((listener) => listener());
  }

  afterTransactionRollback({ queryRunner: { data } }: { queryRunner: { data: Record<string, unknown> } }): void {
    delete data[QUEUED];
  }
}

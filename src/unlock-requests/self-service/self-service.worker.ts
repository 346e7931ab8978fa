import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { MailSignal, queueMail } from '../../events/mail/mail-queue.js';
import { Acts } from '../../platform/acts.js';
import { system } from '../../platform/caller.js';
import { log } from '../../platform/log.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { UnlockContacts } from '../requests/contacts.js';
import type { ToldState } from '../requests/notices.js';
import { UnlockRequest } from '../requests/unlock-request.entity.js';
import { Letters } from './letters.js';
import { lapse } from './submissions.service.js';

const BATCH = 20;

/** Puts notices into words, in the request's language. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly contacts: UnlockContacts,
    private readonly letters: Letters,
  ) {}

  /** Turns a batch of notices into mails: both in one transaction, so that each becomes one mail. @returns how many */
  async write(tx: EntityManager): Promise<number> {
    const [taken]: [{ request_id: string; status: ToldState }[], number] = await tx.query(
      `delete from unlock_notice where id in (select id from unlock_notice order by id limit $1 for update skip locked)
       returning request_id, status`,
      [BATCH],
    );
    for (const { request_id: id, status } of taken) {
      const request = await tx.findOneByOrFail(UnlockRequest, { id });
      if (request.contactSealed) await this.tell(tx, request, status);
    }
    return taken.length;
  }

  private async tell(tx: EntityManager, request: UnlockRequest, status: ToldState): Promise<void> {
    const { contactSealed: sealed, contactHash: hash, language, number, reasons, nextEligibleAt, imei14 } = request;
    const to = await this.contacts.opened({ sealed: sealed!, hash: hash! });
    const news = { status, ending: imeiOf15(imei14).slice(-4), reasons, nextEligibleAt };
    await queueMail(tx, await this.letters.news({ to, language, number }, news));
  }
}

/** Background work of self-service: notices into mails, requests nobody confirmed, counts of months gone by. */
@Injectable()
export class SelfServiceWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();
  private queued = false;

  constructor(
    private readonly acts: Acts,
    private readonly notices: NoticeWriter,
    private readonly signal: MailSignal,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.WORKER === 'off') return;
    this.signal.listen(() => this.run(() => this.tell()));
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.queued = false;
      this.run(() => this.tidy());
      this.schedule();
    }, this.settings.SWEEP_INTERVAL_MS);
    this.timer.unref();
  }

  /** One after the other; whoever comes while one waits is served by it. */
  private run(work: () => Promise<void>): void {
    if (this.queued) return;
    this.queued = true;
    this.running = this.running.then(async () => {
      this.queued = false;
      try {
        await work();
      } catch (failed) {
        log.warn({ error: failed instanceof Error ? failed.name : 'unknown' }, 'self-service waits for the next round');
      }
    });
  }

  private async tell(): Promise<void> {
    while ((await this.acts.transaction((tx) => this.notices.write(tx))) === BATCH);
  }

  private async tidy(): Promise<void> {
    await this.tell();
    while ((await this.acts.transaction((tx) => lapseSome(tx))) === BATCH);
    await this.acts.transaction(async (tx) => {
      await tx.query(`delete from unlock_one_time_code where expires_at < now() - interval '1 day'`);
      await tx.query(`delete from unlock_cap_use where window_start < now() - interval '62 days'`);
      await tx.query(`delete from mail_message where status <> 'QUEUED' and created_at < now() - interval '90 days'`);
    });
  }
}

async function lapseSome(tx: EntityManager): Promise<number> {
  const lapsed: Pick<UnlockRequest, 'id' | 'status'>[] = await tx.query(
    `select id, status from unlock_request where status = 'PENDING_CONFIRMATION' and confirm_by <= now()
     order by confirm_by limit $1 for no key update skip locked`,
    [BATCH],
  );
  const by = system(`lapse-${randomUUID()}`);
  for (const request of lapsed) await lapse(tx, by, request, 'Not confirmed in time');
  return lapsed.length;
}

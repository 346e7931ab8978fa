import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import { log } from '../../platform/log.js';
import { mailsQueued, mailsSettled } from '../../platform/metrics.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { MailSeal, MailSignal } from './mail-queue.js';
import { type Delivery, type Postman, postman } from './postman.js';

/** Pauses before each further try; after the last the mail has failed. */
const PAUSES = ['1 minute', '5 minutes', '30 minutes', '2 hours', '6 hours'];
const AT_ONCE = 8;
/** How long a mail that was taken is left alone: longer than any try takes, so that only a crash lets it be taken twice. */
const LEASE = (timeoutMs: number): number => Math.max(60_000, timeoutMs * 6);

interface TakenMail {
  id: string;
  to: Buffer;
  content: Buffer;
  attempts: number;
}

const TAKE = `
  update mail_message set attempts = attempts + 1, next_at = now() + make_interval(secs => $1 / 1000.0)
  where id in (select id from mail_message where status = 'QUEUED' and next_at <= now()
                 and coalesce(useful_until > now(), true)
               order by next_at limit ${AT_ONCE} for update skip locked)
  returning id, to_sealed as "to", content_sealed as content, attempts`;

const GIVE_UP = `
  update mail_message set status = 'FAILED', to_sealed = null, content_sealed = null
  where id in (select id from mail_message where status = 'QUEUED' and useful_until <= now() limit 500
               for update skip locked)`;

/**
 * Sends what is queued. A mail is taken in a short transaction, sent outside of any, and marked in another: a crash
 * after the mail server has it and before the mark sends it a second time, under the same Message-ID. Any number of
 * processes may do so side by side.
 */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> | undefined;
  private again = false;
  private closing = false;
  private readonly postman: Postman | undefined;

  constructor(
    private readonly acts: Acts,
    private readonly seal: MailSeal,
    private readonly signal: MailSignal,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {
    if (settings.WORKER === 'on' && settings.SMTP_URL) this.postman = postman(settings, AT_ONCE);
  }

  onApplicationBootstrap(): void {
    if (this.settings.WORKER === 'off') return;
    if (!this.postman) log.warn('SMTP_URL is not set: mails are queued and not sent; /metrics counts them');
    this.signal.listen(() => this.wake());
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearTimeout(this.timer);
    await this.running;
    this.postman?.close();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.wake();
      this.schedule();
    }, this.settings.SWEEP_INTERVAL_MS);
    this.timer.unref();
  }

  /** Works through the queue; woken while it does, it looks once more when it is through. */
  private wake(): void {
    if (this.closing) return;
    if (this.running) return void (this.again = true);
    this.running = this.work().finally(() => {
      this.running = undefined;
      if (this.again) this.wake();
      this.again = false;
    });
  }

  private async work(): Promise<void> {
    try {
      if (this.postman) {
        await this.acts.transaction((tx) => tx.query(GIVE_UP));
        while (!this.closing && (await this.round(this.postman)) === AT_ONCE);
      }
      const [{ queued }] = await this.acts.transaction<[{ queued: number }]>((tx) =>
        tx.query(`select count(*)::int as queued from mail_message where status = 'QUEUED'`),
      );
      mailsQueued.set(queued);
    } catch (failed) {
      log.warn({ error: failed instanceof Error ? failed.name : 'unknown' }, 'mails wait; the next round tries again');
    }
  }

  private async round(to: Postman): Promise<number> {
    const lease = LEASE(this.settings.MAIL_TIMEOUT_MS);
    const [taken] = await this.acts.transaction<[TakenMail[], number]>((tx) => tx.query(TAKE, [lease]));
    await Promise.all(taken.map((mail) => this.send(to, mail)));
    return taken.length;
  }

  private async send(to: Postman, taken: TakenMail): Promise<void> {
    const { delivery, code } = await to.deliver(taken.id, await this.seal.opened(taken));
    const settled = delivery === 'LATER' && taken.attempts > PAUSES.length ? 'NEVER' : delivery;
    // Not the server's own words: they quote the address.
    if (settled !== 'SENT') log.warn({ mail: taken.id, attempts: taken.attempts, code, settled }, 'mail not taken');
    mailsSettled.inc({ outcome: settled });
    await this.mark(taken, settled);
  }

  private mark({ id, attempts }: TakenMail, delivery: Delivery): Promise<unknown> {
    const later = `update mail_message set next_at = now() + $2::interval where id = $1 and status = 'QUEUED'`;
    const over = `update mail_message set status = $2, sent_at = case when $2 = 'SENT' then now() end, to_sealed = null,
                    content_sealed = null where id = $1 and status = 'QUEUED'`;
    return this.acts.transaction((tx) => {
      if (delivery === 'LATER') return tx.query(later, [id, PAUSES[attempts - 1]]);
      return tx.query(over, [id, delivery === 'SENT' ? 'SENT' : 'FAILED']);
    });
  }
}

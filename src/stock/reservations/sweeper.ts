import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Acts } from '../../platform/acts.js';
import { system } from '../../platform/caller.js';
import { log } from '../../platform/log.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { expireLapsed } from './closing.js';

/**
 * Closes reservations that have run out, a batch a transaction. Only tidies up: a pick, a sale and a count of free
 * pieces know a lapsed reservation by its time. Any number of processes may sweep; they pass over each other's rows.
 */
@Injectable()
export class ReservationSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly acts: Acts,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.WORKER === 'on') this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep().finally(() => this.schedule());
    }, this.settings.SWEEP_INTERVAL_MS);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    try {
      const by = system(`sweep-${randomUUID()}`);
      while ((await this.acts.transaction((tx) => expireLapsed(tx, by))).length > 0);
      await this.acts.transaction((tx) =>
        tx.query(`delete from idempotency_key where created_at < now() - interval '48 hours'`),
      );
    } catch (failed) {
      log.warn({ error: failed instanceof Error ? failed.name : 'unknown' }, 'sweep failed; the next one tries again');
    }
  }
}

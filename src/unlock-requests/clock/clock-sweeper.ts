import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Acts } from '../../platform/acts.js';
import { system } from '../../platform/caller.js';
import { log } from '../../platform/log.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { DEADLINES, meetDeadline } from './deadlines.js';

/**
 * Watches the clocks of requests, a batch a transaction: warns while there is time, and writes down what is overdue.
 * Any number of processes may watch; they pass over each other's rows, and what is marked is not marked again.
 */
@Injectable()
export class ClockSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
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
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep().finally(() => this.schedule());
    }, this.settings.SWEEP_INTERVAL_MS);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    try {
      const by = system(`clock-${randomUUID()}`);
      for (const deadline of DEADLINES) {
        while (await this.acts.transaction((tx) => meetDeadline(tx, by, deadline)));
      }
    } catch (failed) {
      log.warn(
        { error: failed instanceof Error ? failed.name : 'unknown' },
        'the clocks were not watched; the next sweep tries again',
      );
    }
  }
}

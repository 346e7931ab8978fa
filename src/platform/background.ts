import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { log } from './log.js';
import { SETTINGS_TOKEN, type Settings } from './settings.js';

/** Work done again and again; it looks at `stopping` between two steps when it can take long. */
export type Round = (stopping: () => boolean) => Promise<unknown>;

/**
 * Does the rooms' background work: one round after the other with a pause between, for each piece of work by itself. A
 * round that fails is told in the log and tried again; the process ends once the rounds under way have.
 */
@Injectable()
export class Background implements BeforeApplicationShutdown {
  private stopped = false;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();

  constructor(@Inject(SETTINGS_TOKEN) private readonly settings: Settings) {}

  /** Begins a piece of work, in processes that do such work at all; `what` is told when a round fails. */
  every(what: string, round: Round): void {
    if (this.settings.WORKER === 'on') this.schedule(what, round);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.running.values());
  }

  private schedule(what: string, round: Round): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.running.set(
        what,
        this.turn(what, round).then(() => this.schedule(what, round)),
      );
    }, this.settings.SWEEP_INTERVAL_MS);
    this.timers.set(what, timer.unref());
  }

  private async turn(what: string, round: Round): Promise<void> {
    try {
      await round(() => this.stopped);
    } catch (failed) {
      log.warn({ what, error: failed instanceof Error ? failed.name : 'unknown' }, 'background work goes on later');
    }
  }
}

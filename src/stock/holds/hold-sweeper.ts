import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { liftBatch } from './ended-holds.js';

/**
 * Lifts legal holds that are over, a batch a transaction. Only tidies up: whoever meets a hold that is over knows it by
 * its time. Any number of processes may sweep; they pass over each other's units.
 */
@Injectable()
export class HoldSweeper implements OnApplicationBootstrap {
  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('legal holds', (stopping) => this.sweep(stopping));
  }

  private async sweep(stopping: () => boolean): Promise<void> {
    const by = system(`holds-${randomUUID()}`);
    while (!stopping() && (await this.acts.transaction((tx) => liftBatch(tx, by))) > 0);
  }
}

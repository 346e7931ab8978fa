import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { DEADLINES, meetDeadline } from './deadlines.js';

/**
 * Watches the clocks of requests, a batch a transaction: warns while there is time, and writes down what is overdue.
 * Any number of processes may watch; they pass over each other's rows, and what is marked is not marked again.
 */
@Injectable()
export class ClockSweeper implements OnApplicationBootstrap {
  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('clocks of unlock requests', () => this.sweep());
  }

  private async sweep(): Promise<void> {
    const by = system(`clock-${randomUUID()}`);
    for (const deadline of DEADLINES) {
      while (await this.acts.transaction((tx) => meetDeadline(tx, by, deadline)));
    }
  }
}

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { expireLapsed } from './closing.js';

/**
 * Closes reservations that have run out, a batch a transaction. Only tidies up: a pick, a sale and a count of free
 * pieces know a lapsed reservation by its time. Any number of processes may sweep; they pass over each other's rows.
 */
@Injectable()
export class ReservationSweeper implements OnApplicationBootstrap {
  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('reservations', () => this.sweep());
  }

  private async sweep(): Promise<void> {
    const by = system(`sweep-${randomUUID()}`);
    while ((await this.acts.transaction((tx) => expireLapsed(tx, by))).length > 0);
    while ((await this.acts.transaction(forgetKeys)) === KEYS_AT_ONCE);
  }
}

/** A day of the whole carrier in one statement would run into its time limit, and then never be forgotten. */
const KEYS_AT_ONCE = 1000;

async function forgetKeys(tx: EntityManager): Promise<number> {
  const [, forgotten]: [unknown, number] = await tx.query(
    `delete from idempotency_key where (principal, key) in (
       select principal, key from idempotency_key where created_at < now() - interval '48 hours'
       order by created_at limit ${KEYS_AT_ONCE} for update skip locked)`,
  );
  return forgotten;
}

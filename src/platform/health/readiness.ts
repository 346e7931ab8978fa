import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { setTimeout as pause } from 'node:timers/promises';
import { poolConnections } from '../metrics.js';
import type { ReadinessView } from './health.view.js';

const DATABASE_MUST_ANSWER_MS = 500;

@Injectable()
export class Readiness {
  private draining = false;

  constructor(private readonly db: DataSource) {}

  /** From now on load balancers are told to send requests elsewhere. */
  drain(): void {
    this.draining = true;
  }

  async check(): Promise<ReadinessView> {
    const applied = await Promise.race([
      this.appliedMigrations(),
      pause(DATABASE_MUST_ANSWER_MS, undefined, { ref: false }),
    ]);
    const database = applied === undefined ? 'unreachable' : 'ok';
    const migrations = this.judge(applied);
    const ready = database === 'ok' && migrations === 'ok' && !this.draining;
    return { status: ready ? 'ready' : 'not-ready', database, migrations, draining: this.draining };
  }

  measurePool(): void {
    const { master } = this.db.driver as unknown as {
      master?: { totalCount: number; idleCount: number; waitingCount: number };
    };
    poolConnections.set({ state: 'open' }, master?.totalCount ?? 0);
    poolConnections.set({ state: 'idle' }, master?.idleCount ?? 0);
    poolConnections.set({ state: 'waited-for' }, master?.waitingCount ?? 0);
  }

  private judge(applied: ReadonlySet<string> | undefined): ReadinessView['migrations'] {
    if (!applied) return 'unknown';
    return this.db.migrations.every(({ name }) => applied.has(name!)) ? 'ok' : 'behind';
  }

  private async appliedMigrations(): Promise<ReadonlySet<string> | undefined> {
    try {
      const rows: { name: string }[] = await this.db.query('select name from migrations');
      return new Set(rows.map(({ name }) => name));
    } catch {
      return undefined;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { NotFound } from '../../platform/problems.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { UnlockSweepView } from './unlock-sweep.view.js';

interface SweepRow extends Omit<UnlockSweepView, 'startedAt' | 'finishedAt'> {
  startedAt: Date;
  finishedAt: Date | null;
}

const SELECT = `
  select id, state, asked_by as "askedBy", started_at as "startedAt", finished_at as "finishedAt", seen::int,
         eligible::int, requested::int, noticed::int
  from unlock_sweep`;

/** Reads of walks over all devices. */
@Injectable()
export class UnlockSweepsReads {
  constructor(private readonly db: DataSource) {}

  /** @throws NotFound */
  async sweep(id: string): Promise<UnlockSweepView> {
    const [row]: SweepRow[] = await this.db.query(`${SELECT} where id = $1`, [id]);
    if (!row) throw new NotFound('No such sweep.');
    return sweepView(row);
  }
}

/** The walk that is under way. */
export async function readSweep(db: Pick<EntityManager, 'query'>): Promise<UnlockSweepView> {
  const [row]: SweepRow[] = await db.query(`${SELECT} where state = 'RUNNING'`);
  if (!row) throw new NotFound('It ended a moment ago; start another.');
  return sweepView(row);
}

const sweepView = ({ startedAt, finishedAt, ...row }: SweepRow): UnlockSweepView => ({
  ...row,
  startedAt: moment(startedAt),
  finishedAt: momentOrNull(finishedAt),
});

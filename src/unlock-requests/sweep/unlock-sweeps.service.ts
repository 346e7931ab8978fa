import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { type Call, system } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { log } from '../../platform/log.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { newId } from '../../values/id.js';
import { SweepBatch } from './sweep-batch.js';
import { readSweep } from './unlock-sweeps.query.js';
import type { UnlockSweepView } from './unlock-sweep.view.js';

const AT_ONCE = 1000;

interface TakenSweep {
  id: string;
  last_imei14: string;
}

const TAKE = `
  update unlock_sweep set lease_until = now() + interval '30 seconds'
  where id = (select id from unlock_sweep where state = 'RUNNING' and (lease_until is null or lease_until < now())
              limit 1 for update skip locked)
  returning id, last_imei14`;

/** Devices of lines, in the order of their IMEIs. $1 the last one looked at */
const NEXT = `
  select d.imei14 from device_record d
  where d.imei14 > $1 and exists (select from line_activity a where a.imei14 = d.imei14 and a.active_to is null)
  order by d.imei14 limit ${AT_ONCE}`;

/** The place reached is the fence: a process whose lease was taken over moves nothing. */
const ADVANCE = `
  update unlock_sweep set last_imei14 = $3, seen = seen + $4, eligible = eligible + $5, requested = requested + $6,
    noticed = noticed + $7, lease_until = now() + interval '30 seconds'
  where id = $1 and state = 'RUNNING' and last_imei14 = $2`;

/** Finds handsets that have become eligible without anybody asking. Where a process dies another goes on. */
@Injectable()
export class UnlockSweeps implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly batch: SweepBatch,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.WORKER === 'on') this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Begins a walk; one that is under way is shown instead. */
  start(call: Call): Promise<UnlockSweepView> {
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(
        `insert into unlock_sweep (id, state, asked_by) values ($1, 'RUNNING', $2)
         on conflict (state) where state = 'RUNNING' do nothing`,
        [id, call.actor],
      );
      const sweep = await readSweep(tx);
      if (sweep.id === id) await recordAct(tx, call, { subjectKind: 'unlock-sweep', subjectId: id, act: 'start' });
      return sweep;
    });
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.work().finally(() => this.schedule());
    }, this.settings.SWEEP_INTERVAL_MS);
    this.timer.unref();
  }

  private async work(): Promise<void> {
    try {
      await this.beginTheDay();
      const [taken]: [TakenSweep[]] = await this.db.query(TAKE);
      if (taken[0]) await this.walk(taken[0]);
    } catch (failed) {
      log.warn({ error: failed instanceof Error ? failed.name : 'unknown' }, 'the walk over devices goes on later');
    }
  }

  /** Once a day, after the hour set, whichever process comes first. */
  private async beginTheDay(): Promise<void> {
    const { AUTO_UNLOCK_HOUR: hour } = this.settings;
    if (hour > 23) return;
    await this.db.query(
      `insert into unlock_sweep (id, state, asked_by, day)
       select $1, 'RUNNING', 'system', (now() at time zone 'UTC')::date
       where extract(hour from now() at time zone 'UTC') >= $2
         and not exists (select from unlock_sweep where state = 'RUNNING' or day = (now() at time zone 'UTC')::date)
       on conflict do nothing`,
      [newId(), hour],
    );
  }

  private async walk({ id, last_imei14: from }: TakenSweep): Promise<void> {
    const by = system(`sweep-${id}`);
    for (let last = from; !this.stopping;) {
      const next: { imei14: string }[] = await this.db.query(NEXT, [last]);
      if (!next.length) return this.finish(id, last);
      const tally = await this.batch.look(
        by,
        next.map(({ imei14 }) => imei14),
      );
      const reached = next.at(-1)!.imei14;
      const counts = [next.length, tally.eligible, tally.requested, tally.noticed];
      const [, moved]: [unknown, number] = await this.db.query(ADVANCE, [id, last, reached, ...counts]);
      if (!moved) return;
      last = reached;
    }
    await this.db.query('update unlock_sweep set lease_until = null where id = $1', [id]);
  }

  private async finish(id: string, last: string): Promise<void> {
    await this.db.query(
      `update unlock_sweep set state = 'DONE', finished_at = now(), lease_until = null
       where id = $1 and state = 'RUNNING' and last_imei14 = $2`,
      [id, last],
    );
  }
}

import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { newId } from '../../values/id.js';
import { SweepBatch } from './sweep-batch.js';

const AT_ONCE = 1000;
const KEPT_EVERY_MS = 5000;

interface TakenSweep {
  id: string;
  last_imei14: string;
}

const TAKE = `
  update unlock_sweep set lease_until = now() + interval '30 seconds'
  where id = (select id from unlock_sweep where state = 'RUNNING' and (lease_until is null or lease_until < now())
              limit 1 for update skip locked)
  returning id, last_imei14`;

/**
 * Devices of lines, in the order of their IMEIs; each is looked up by its key: joined as a whole, the activity of all
 * devices before would be read every time. $1 the last one looked at
 */
const NEXT = `
  select d.imei14 from device_record d
  cross join lateral (select from line_activity a where a.imei14 = d.imei14 and a.active_to is null limit 1) a
  where d.imei14 > $1 order by d.imei14 limit ${AT_ONCE}`;

/** The place reached is the fence: a process whose lease was taken over moves nothing. */
const ADVANCE = `
  update unlock_sweep set last_imei14 = $3, seen = seen + $4, eligible = eligible + $5, requested = requested + $6,
    noticed = noticed + $7, lease_until = now() + interval '30 seconds'
  where id = $1 and state = 'RUNNING' and last_imei14 = $2`;

const KEEP = `
  update unlock_sweep set lease_until = now() + interval '30 seconds'
  where id = $1 and state = 'RUNNING' and last_imei14 = $2`;

/** Finds handsets that have become eligible without anybody asking. Where a process dies another goes on. */
@Injectable()
export class DeviceWalk implements OnApplicationBootstrap {
  constructor(
    private readonly db: DataSource,
    private readonly batch: SweepBatch,
    private readonly background: Background,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('walks over devices', (stopping) => this.work(stopping));
  }

  private async work(stopping: () => boolean): Promise<void> {
    await this.beginTheDay();
    const [taken]: [TakenSweep[]] = await this.db.query(TAKE);
    if (taken[0]) await this.walk(taken[0], stopping);
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

  private async walk({ id, last_imei14: from }: TakenSweep, stopping: () => boolean): Promise<void> {
    const by = system(`sweep-${id}`);
    for (let last = from; !stopping();) {
      const next: { imei14: string }[] = await this.db.query(NEXT, [last]);
      if (!next.length) return this.finish(id, last);
      const tally = await this.batch.look(
        by,
        next.map(({ imei14 }) => imei14),
        this.keeper(id, last),
      );
      const reached = next.at(-1)!.imei14;
      const counts = [next.length, tally.eligible, tally.requested, tally.noticed];
      const [, moved]: [unknown, number] = await this.db.query(ADVANCE, [id, last, reached, ...counts]);
      if (!moved) return;
      last = reached;
    }
    await this.db.query('update unlock_sweep set lease_until = null where id = $1', [id]);
  }

  /** Keeps the lease while a batch is under way, so that nobody else begins the same one. */
  private keeper(id: string, last: string): () => Promise<void> {
    let kept = Date.now();
    return async () => {
      if (Date.now() - kept < KEPT_EVERY_MS) return;
      kept = Date.now();
      await this.db.query(KEEP, [id, last]);
    };
  }

  private async finish(id: string, last: string): Promise<void> {
    await this.db.query(
      `update unlock_sweep set state = 'DONE', finished_at = now(), lease_until = null
       where id = $1 and state = 'RUNNING' and last_imei14 = $2`,
      [id, last],
    );
  }
}

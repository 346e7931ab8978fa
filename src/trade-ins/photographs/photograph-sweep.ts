import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { Files } from '../../platform/files/files.service.js';
import { oneOf } from '../../platform/one-of.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { OPEN_STATES } from '../trades/trade-in.lifecycle.js';

const AT_ONCE = 200;

/**
 * Photographs of trade-ins that ended so many days ago; those of a handset that the law holds are kept as long as it
 * does. $1 days
 */
const OVER = `
  select p.id, p.digest from trade_in_photograph p join trade_in t on t.id = p.trade_in_id
  where p.erased_at is null and p.taken_at < now() - make_interval(days => $1) and not (${oneOf('t.status', OPEN_STATES)})
    and not exists (select from history h where h.subject_id = t.id and h.to_state is not null
                    and h.occurred_at >= now() - make_interval(days => $1))
    and not exists (select from unit_encumbrance e
                    where e.unit_id = t.unit_id and e.kind = 'LEGAL_HOLD' and e.lifted_at is null)
  order by p.taken_at limit ${AT_ONCE}`;

/** Erases photographs when their time is over; that there was one, of what size and by whom, stays. */
@Injectable()
export class PhotographSweep implements OnModuleInit {
  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
    private readonly files: Files,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.background.every('photographs whose time is over', (stopping) => this.round(stopping));
  }

  /** The files themselves are cleared away by whoever keeps them. */
  private async round(stopping: () => boolean): Promise<void> {
    const over: { id: string; digest: Buffer }[] = await this.acts.transaction((tx) =>
      tx.query(OVER, [this.settings.PHOTOGRAPH_KEEP_DAYS]),
    );
    for (const { id, digest } of over) {
      if (stopping()) return;
      await this.acts.transaction(async (tx) => {
        await tx.query('update trade_in_photograph set erased_at = now() where id = $1 and erased_at is null', [id]);
        await this.files.release(tx, digest, () => isShown(tx, digest));
      });
    }
  }
}

/** The same picture may be of two trade-ins. */
async function isShown(tx: EntityManager, digest: Buffer): Promise<boolean> {
  const shown: unknown[] = await tx.query(
    'select 1 from trade_in_photograph where digest = $1 and erased_at is null limit 1',
    [digest],
  );
  return shown.length > 0;
}

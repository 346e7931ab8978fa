import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { oneOf } from '../../platform/one-of.js';
import { newId } from '../../values/id.js';
import { OPEN_STATES } from '../trades/trade-in.lifecycle.js';

const AT_ONCE = 200;

/**
 * Erases who sold once the time of the law is over: not while the trade-in is under way, its handset is held by the law, or
 * has yet to be reported. That they are of age, and by what they are known again, stays.
 */
const ERASE = `
  update trade_in set seller_sealed = null where id in (
    select t.id from trade_in t
    where t.seller_sealed is not null and t.seller_until <= now() and not ${oneOf('t.status', OPEN_STATES)}
      and not exists (select from police_report p where p.trade_in_id = t.id and p.status = 'QUEUED')
      and not exists (select from unit_encumbrance e
                      where e.unit_id = t.unit_id and e.kind = 'LEGAL_HOLD' and e.lifted_at is null)
    order by t.seller_until limit ${AT_ONCE} for no key update of t skip locked)
  returning id, location_id as "locationId"`;

/** What a register was given goes when the last identity in it does. */
const ERASE_FILES = `
  update police_report_batch set content_sealed = null
  where content_sealed is not null and content_until <= now() returning id`;

@Injectable()
export class IdentityClock implements OnModuleInit {
  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('identities whose time is over', (stopping) => this.round(stopping));
  }

  private async round(stopping: () => boolean): Promise<void> {
    for (let erased = AT_ONCE; erased === AT_ONCE && !stopping();) {
      erased = await this.acts.transaction((tx) => erase(tx));
    }
    await this.acts.transaction((tx) => tx.query(ERASE_FILES));
  }
}

async function erase(tx: EntityManager): Promise<number> {
  const [erased]: [{ id: string; locationId: string }[], number] = await tx.query(ERASE);
  const by = system(newId());
  for (const { id, locationId } of erased) {
    await recordAct(tx, by, { subjectKind: 'trade-in', subjectId: id, act: 'eraseSeller', locationId });
  }
  return erased.length;
}

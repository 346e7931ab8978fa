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
 * Erases who sold once the time of the law is over: not while something of theirs is under way, is held by the law, or
 * has yet to be reported. That they are of age, and by what they are known again, stays.
 */
const ERASE = `
  update seller set identity_sealed = null where id in (
    select s.id from seller s
    where s.identity_sealed is not null and s.identity_until <= now() and not exists (
      select from trade_in t where t.seller_id = s.id and (
        ${oneOf('t.status', OPEN_STATES)}
        or exists (select from police_report p where p.trade_in_id = t.id and p.status = 'QUEUED')
        or exists (select from unit_encumbrance e
                   where e.unit_id = t.unit_id and e.kind = 'LEGAL_HOLD' and e.lifted_at is null)))
    order by s.identity_until limit ${AT_ONCE} for update of s skip locked)
  and identity_until <= now() returning id`;

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
  const [erased]: [{ id: string }[], number] = await tx.query(ERASE);
  const by = system(newId());
  for (const { id } of erased) await recordAct(tx, by, { subjectKind: 'seller', subjectId: id, act: 'eraseIdentity' });
  return erased.length;
}

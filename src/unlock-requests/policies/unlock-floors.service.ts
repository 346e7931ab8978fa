import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { possibleActs, stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { idOfCode } from '../../values/id.js';
import { UnlockFloor } from './unlock-floor.entity.js';
import { FLOOR_ACTS, type FloorState } from './unlock-floor.lifecycle.js';
import type { UnlockFloorDto } from './unlock-floors.dto.js';
import { readFloors } from './unlock-floors.query.js';
import type { UnlockFloorsView, UnlockFloorView } from './unlock-floors.view.js';

/** What the law of each place asks of every policy: proposed by one person, put into force by another. */
@Injectable()
export class UnlockFloors {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
  ) {}

  async list(): Promise<UnlockFloorsView> {
    return { items: (await readFloors(this.db.manager)).map(viewOf) };
  }

  /** Writes a floor down, or anew while it is not in force; policies are not held against it yet. @throws Stale, WrongState */
  propose(call: Call, code: string, form: UnlockFloorDto): Promise<UnlockFloorView> {
    return this.acts.once(call, async (tx) => {
      const before = await lockFloor(tx, code);
      if (before) needPossible(call, before, 'propose');
      await tx.query(PROPOSE, [code, call.actor, ...valuesOf(form)]);
      return written(tx, call, { code, act: 'propose', ...(before ? { from: before.status } : {}) });
    });
  }

  /** Another person puts it into force: from now on no policy below it is published. @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  enact(call: Call, code: string): Promise<UnlockFloorView> {
    return this.acts.once(call, async (tx) => {
      const floor = await needFloor(tx, code);
      needPossible(call, floor, 'enact');
      needSecondPerson(call, floor.authors);
      return moved(tx, call, floor, 'enact');
    });
  }

  /** The law no longer asks for it. Policies that were published under it stand. @throws NotFound, Stale, WrongState */
  repeal(call: Call, code: string, reason: string): Promise<UnlockFloorView> {
    return this.acts.once(call, async (tx) => {
      const floor = await needFloor(tx, code);
      needPossible(call, floor, 'repeal');
      return moved(tx, call, floor, 'repeal', reason);
    });
  }
}

const lockFloor = (tx: EntityManager, code: string): Promise<UnlockFloor | null> =>
  tx.findOne(UnlockFloor, { where: { code }, lock: { mode: 'for_no_key_update' } });

async function needFloor(tx: EntityManager, code: string): Promise<UnlockFloor> {
  const floor = await lockFloor(tx, code);
  if (!floor) throw new NotFound('No such floor.');
  return floor;
}

function needPossible({ ifMatch }: Call, { status, version }: UnlockFloor, act: keyof typeof FLOOR_ACTS): void {
  if (ifMatch !== undefined && ifMatch !== version) throw stale(version);
  const from: readonly FloorState[] = FLOOR_ACTS[act].from;
  if (from.includes(status)) return;
  throw new WrongState(`Cannot ${act}: it is ${status}.`, {
    state: status,
    possible: possibleActs(FLOOR_ACTS, status),
  });
}

async function moved(
  tx: EntityManager,
  call: Call,
  { code, status }: UnlockFloor,
  act: 'enact' | 'repeal',
  reason?: string,
): Promise<UnlockFloorView> {
  await tx.query('update unlock_floor set status = $2, version = version + 1 where code = $1', [
    code,
    FLOOR_ACTS[act].to,
  ]);
  return written(tx, call, { code, act, from: status, ...(reason === undefined ? {} : { reason }) });
}

async function written(
  tx: EntityManager,
  call: Call,
  { code, act, ...more }: { code: string; act: keyof typeof FLOOR_ACTS; from?: string; reason?: string },
): Promise<UnlockFloorView> {
  const floor = viewOf(await tx.findOneByOrFail(UnlockFloor, { code }));
  await recordAudited(tx, call, {
    ...{ subjectKind: 'unlock-floor', subjectId: idOfCode('unlock-floor', code), act, to: FLOOR_ACTS[act].to, ...more },
    details: { ...floor },
  });
  return floor;
}

const COLUMNS = `jurisdiction, source, prepaid_most_days, most_days_after_activation, response_most_business_days,
  customer_most_fee_minor, free_for_all_after_months, payment_may_be_asked, notice_needed, military_path_needed,
  no_locks_sold_from, in_force_from`;

/** Whoever had a hand in it since it was last in force cannot put it into force. */
const PROPOSE = `
  insert into unlock_floor as f (code, status, authors, ${COLUMNS})
  values ($1, 'PROPOSED', array[$2], $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  on conflict (code) do update set
    (status, version, authors, ${COLUMNS}) = row ('PROPOSED', f.version + 1,
      case when f.status <> 'PROPOSED' then array[$2] when $2 = any (f.authors) then f.authors
           else f.authors || $2::text end,
      $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

const valuesOf = (form: UnlockFloorDto): unknown[] => [
  ...[form.jurisdiction, form.source, form.prepaidMostDays ?? null, form.mostDaysAfterActivation ?? null],
  ...[form.responseMostBusinessDays ?? null, form.customerMostFeeMinor ?? null, form.freeForAllAfterMonths ?? null],
  ...[form.paymentMayBeAsked ?? true, form.noticeNeeded ?? false, form.militaryPathNeeded ?? false],
  ...[form.noLocksSoldFrom ?? null, form.inForceFrom ?? null],
];

const viewOf = ({ authors: _, customerMostFeeMinor: fee, ...floor }: UnlockFloor): UnlockFloorView => ({
  ...floor,
  customerMostFeeMinor: fee === null ? null : Number(fee),
});

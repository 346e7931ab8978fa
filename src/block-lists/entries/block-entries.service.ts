import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { imeiAt } from '../../platform/http/imei-field.js';
import { stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { alreadyListed } from '../block-lists.errors.js';
import { readEntry } from './block-entries.query.js';
import type { AddBlockEntryDto, LiftBlockEntryDto } from './block-entry.dto.js';
import type { BlockEntryView } from './block-entry.view.js';
import { listOf, OWN_SOURCE } from './listing.js';

/** The acts on the lists kept here, one device at a time. */
@Injectable()
export class BlockEntries {
  constructor(private readonly acts: Acts) {}

  /** @throws InvalidInput, AlreadyListed */
  add(call: Call, { identifier, reason, source = OWN_SOURCE, reportedOn, pending, note }: AddBlockEntryDto) {
    const imei14 = imeiAt(identifier, '/identifier');
    return this.acts.once(call, async (tx) => {
      const id = newId();
      const written: unknown[] = await tx.query(
        `insert into block_entry (id, imei14, list, reason, source, reported_on, pending, placed_by)
         values ($1, $2, $3, $4, $5, coalesce($6::date, (now() at time zone 'UTC')::date), $7, $8)
         on conflict (imei14, reason, source) where lifted_at is null do nothing returning 1`,
        [id, imei14, listOf(reason), reason, source, reportedOn ?? null, pending, call.actor],
      );
      if (!written.length) throw alreadyListed();
      const entry = (await readEntry(tx, id))!;
      await tell(tx, call, entry, { act: 'add', to: 'LISTED', note });
      return entry;
    });
  }

  /** @throws NotFound, Stale, WrongState */
  lift(call: Call, id: string, { reason }: LiftBlockEntryDto): Promise<BlockEntryView> {
    return this.acts.once(call, async (tx) => {
      const [, lifted]: [unknown[], number] = await tx.query(
        `update block_entry set lifted_at = now(), lifted_by = $2, lifted_reason = $3, version = version + 1
         where id = $1 and lifted_at is null and version = coalesce($4::int, version)`,
        [id, call.actor, reason, call.ifMatch ?? null],
      );
      const entry = await readEntry(tx, id);
      if (!entry) throw new NotFound('No such entry.');
      if (!lifted) throw refusedLift(call, entry);
      await tell(tx, call, entry, { act: 'lift', from: 'LISTED', to: 'LIFTED', note: reason });
      return entry;
    });
  }
}

function refusedLift({ ifMatch }: Call, { version, liftedAt }: BlockEntryView) {
  if (ifMatch !== undefined && ifMatch !== version) return stale(version);
  return new WrongState(`It was lifted ${liftedAt} already.`, { state: 'LIFTED', possible: [] });
}

interface Told {
  act: 'add' | 'lift';
  from?: string;
  to: string;
  note: string | undefined;
}

async function tell(
  tx: EntityManager,
  call: Call,
  entry: BlockEntryView,
  { act, from, to, note }: Told,
): Promise<void> {
  const { id, list, reason, source, reportedOn, pending } = entry;
  await publish(tx, call, {
    ...{ type: `block-entry.${act === 'add' ? 'added' : 'lifted'}`, aggregateKind: 'block-entry', aggregateId: id },
    payload: { list, reason, source },
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'block-entry', subjectId: id, act, from, to, reason: note },
    details: { list, reason, source, reportedOn, pending },
  });
}

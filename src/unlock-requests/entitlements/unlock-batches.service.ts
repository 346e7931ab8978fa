import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { imeisAt } from '../../platform/http/imei-field.js';
import { perform } from '../../platform/lifecycle.js';
import { NotFound } from '../../platform/problems.js';
import { HandsetRecords } from '../../stock/units/handset-records.js';
import { newId } from '../../values/id.js';
import { newShortNumber } from '../../values/short-number.js';
import { clocksFrom } from '../requests/receiving.js';
import { BATCH_ACTS } from './entitlement.lifecycle.js';
import type { ProposeBatchDto } from './entitlements.dto.js';
import { lockEntitlement, readEntitlement } from './entitlements.query.js';
import type { UnlockBatchView } from './entitlements.view.js';
import { businessToday, needInForce } from './in-force.js';
import { PLACE_ITEMS, type Placed } from './place-items.sql.js';
import { UnlockBatch } from './unlock-batch.entity.js';
import { mayAskUnder, readBatch } from './unlock-batches.query.js';

const SUBJECT = 'unlock-batch';

/** A handset of a batch, as our books know it. */
interface Item {
  n: number;
  imei14: string;
  deviceImei14: string;
}

/** The acts on batches: many unlocks asked for at once by one person, let through by another. */
@Injectable()
export class UnlockBatches {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly handsets: HandsetRecords,
  ) {}

  /** @throws InvalidInput, NotFound, EntitlementNotInForce */
  propose(call: Call, entitlementId: string, { identifiers, note }: ProposeBatchDto): Promise<UnlockBatchView> {
    const imei14s = imeisAt(identifiers, (at) => `/identifiers/${at}`);
    return this.acts.once(call, async (tx) => {
      const entitlement = await readEntitlement(tx, entitlementId);
      if (!mayAskUnder(call.caller, entitlement)) throw new NotFound('No such entitlement, or not yours.');
      needInForce(entitlement, await businessToday(tx));
      const id = newId();
      await tx.insert(UnlockBatch, { id, entitlementId, status: 'PROPOSED', note, authoredBy: call.actor });
      await tx.query(KEEP_ITEMS, [id, imei14s]);
      await tell(tx, call, id, 'proposed', { entitlementId, handsets: imei14s.length });
      await recordAct(tx, call, {
        ...{ subjectKind: SUBJECT, subjectId: id, act: 'propose', to: 'PROPOSED', reason: note },
        details: { entitlementId, handsets: imei14s.length },
      });
      return readBatch(tx, id, call.caller);
    });
  }

  /**
   * Makes requests of the batch, as many as the entitlement has places for; each is decided by the rules afterwards.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded, EntitlementNotInForce
   */
  async approve(call: Call, id: string): Promise<UnlockBatchView> {
    const items = await this.itemsOf(id);
    return this.decide(call, id, 'approve', async (tx, { entitlementId }) => {
      const receivedAt = new Date();
      needInForce(await lockEntitlement(tx, entitlementId), await businessToday(tx, receivedAt));
      const clocks = await clocksFrom(tx, { policy: undefined }, receivedAt);
      const [placed]: [Placed] = await tx.query(PLACE_ITEMS, [
        ...[id, entitlementId, items.map(({ n }) => n)],
        ...[items.map(({ imei14 }) => imei14), items.map(({ deviceImei14 }) => deviceImei14)],
        ...[items.map(newId), items.map(newShortNumber), call.actor],
        ...[clocks.calendar, clocks.calendarVersion, receivedAt, clocks.respondBy, clocks.resolveBy],
      ]);
      if (!placed.counted) throw new Error('An entitlement that is locked was used by somebody else.');
    });
  }

  /** Nothing is asked for. @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  refuse(call: Call, id: string, reason: string): Promise<UnlockBatchView> {
    return this.decide(call, id, 'refuse', () => Promise.resolve(), reason);
  }

  private decide(
    call: Call,
    id: string,
    act: keyof typeof BATCH_ACTS,
    effect: (tx: EntityManager, batch: UnlockBatchView) => Promise<void>,
    reason?: string,
  ): Promise<UnlockBatchView> {
    return this.acts.once(call, async (tx) => {
      const before = await readBatch(tx, id, call.caller);
      needSecondPerson(call, [before.authoredBy]);
      await perform(tx, UnlockBatch, {
        ...{ acts: BATCH_ACTS, act, id, also: { decidedBy: call.actor, decidedAt: () => 'now()' } },
        ...(call.ifMatch === undefined ? {} : { ifMatch: call.ifMatch }),
      });
      await effect(tx, before);
      const after = await readBatch(tx, id, call.caller);
      const { entitlementId, authoredBy, handsets, requested, notInEntitlement, limitReached, duplicates } = after;
      const counts = { handsets, requested, notInEntitlement, limitReached, duplicates };
      await tell(tx, call, id, after.status.toLowerCase(), { entitlementId, ...counts });
      await recordAudited(tx, call, {
        ...{ subjectKind: SUBJECT, subjectId: id, act, from: before.status, to: after.status },
        ...(reason === undefined ? {} : { reason }),
        details: { entitlementId, authoredBy, ...counts },
      });
      return after;
    });
  }

  /** The list never changes once it is handed in, and is read before anything is locked. */
  private async itemsOf(batchId: string): Promise<Item[]> {
    const items: Omit<Item, 'deviceImei14'>[] = await this.db.query(
      'select n, imei14 from unlock_batch_item where batch_id = $1 order by n',
      [batchId],
    );
    const records = await this.handsets.recordsOf(items.map(({ imei14 }) => imei14));
    return items.map((item, at) => ({ ...item, deviceImei14: records[at]!.deviceImei14 }));
  }
}

const KEEP_ITEMS = `
  insert into unlock_batch_item (batch_id, n, imei14)
  select $1, n, imei14 from unnest($2::text[]) with ordinality as given (imei14, n)`;

const tell = (tx: EntityManager, call: Call, id: string, what: string, payload: Record<string, unknown>) =>
  publish(tx, call, { type: `unlock-batch.${what}`, aggregateKind: SUBJECT, aggregateId: id, payload });

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { needNoHold } from '../holds/on-hold.js';
import { Standards } from '../standards/standards.js';
import { UnitEncumbered } from '../stock.errors.js';
import { moveUnit } from '../units/moved-unit.js';
import { needOurs, type OpenHolding, openHolding } from '../units/open-holding.js';
import { possibleHoldingActs } from '../units/stock-holding.lifecycle.js';
import type { StockUnitView } from '../units/stock-unit.view.js';
import { shownUnit } from '../units/stock-units.query.js';
import { ACT_OF_STREAM, type Stream } from './downstream.words.js';
import type { SendDownstreamDto } from './downstream-record.dto.js';
import type { DownstreamRecordView } from './downstream-record.view.js';
import { readRecord } from './downstream-records.query.js';

/** Where handsets go from triage when they are not repaired. */
@Injectable()
export class Triage {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
  ) {}

  /** Puts a handset where it is decided what becomes of it. @throws NotFound, Stale, WrongState */
  async triage(call: Call, unitId: string): Promise<StockUnitView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      const held = await openHolding(tx, call, unitId);
      needOurs(held);
      await moveUnit(tx, call, held, 'triage');
      return shownUnit(tx, profile, unitId);
    });
  }

  /**
   * Lets a handset in triage go to whoever takes it, and closes its holding. With data on it, it leaves sealed only.
   * @throws NotFound, Stale, WrongState, UnitOnHold, UnitEncumbered when it would be sold, InvalidInput
   */
  send(call: Call, unitId: string, stream: Stream, form: SendDownstreamDto): Promise<DownstreamRecordView> {
    return this.acts.once(call, async (tx) => {
      const held = await openHolding(tx, call, unitId);
      await needSendable(tx, held, stream);
      const erased = await isErased(tx, held.id);
      const faults = sendingFaults(stream, form, erased);
      if (faults.length) throw new InvalidInput('The papers are not complete; see errors.', {}, faults);
      const id = newId();
      await write(tx, call, held, { id, stream, form, erased });
      await moveUnit(tx, call, held, ACT_OF_STREAM[stream], { documentId: id });
      await tell(tx, call, held, { id, stream, form });
      return readRecord(tx, null, id);
    });
  }
}

async function needSendable(tx: EntityManager, held: OpenHolding, stream: Stream): Promise<void> {
  const { disposition: state, unit_id: unitId } = held;
  if (state !== 'TRIAGE') {
    throw new WrongState(`Not possible: the unit is ${state}.`, { state, possible: possibleHoldingActs(state) });
  }
  await needNoHold(tx, unitId);
  if (stream !== 'WHOLESALE') return;
  const [{ barred }]: [{ barred: boolean }] = await tx.query(
    'select encumbered as barred from stock_holding where id = $1',
    [held.id],
  );
  if (barred) throw new UnitEncumbered('The unit may not be sold: see its encumbrances.', { unitId });
}

async function isErased(tx: EntityManager, holdingId: string): Promise<boolean> {
  const [{ erased }]: [{ erased: boolean }] = await tx.query(
    `select erasure in ('PASS', 'NOT_NEEDED') as erased from stock_holding where id = $1`,
    [holdingId],
  );
  return erased;
}

const fault = (field: string, code: string, detail: string): Fault => ({
  ...{ in: 'body', pointer: `/${field}` },
  ...{ code, detail },
});

function sendingFaults(stream: Stream, form: SendDownstreamDto, erased: boolean): Fault[] {
  const { scheme, certificate, sealedBag } = form;
  return [
    ...((scheme === 'NONE') === (certificate === undefined)
      ? []
      : [fault('certificate', 'SCHEME_AND_CERTIFICATE', 'A scheme goes with the number of a certificate.')]),
    ...(stream === 'RECYCLING' && scheme === 'NONE'
      ? [fault('scheme', 'NOT_CERTIFIED', 'A recycler is certified by one of the schemes.')]
      : []),
    ...(erased || sealedBag !== undefined
      ? []
      : [fault('sealedBag', 'DATA_ON_IT', 'Its data are not gone: it leaves in a sealed bag only.')]),
  ];
}

async function write(
  tx: EntityManager,
  call: Call,
  held: OpenHolding,
  { id, stream, form, erased }: { id: string; stream: Stream; form: SendDownstreamDto; erased: boolean },
): Promise<void> {
  await tx.query(
    `insert into downstream_record (id, unit_id, holding_id, location_id, stream, vendor, scheme, certificate, left_on,
       document_reference, erased, sealed_bag, cost_minor, proceeds_minor, currency, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[id, held.unit_id, held.id, held.location_id, stream, form.vendor, form.scheme, form.certificate ?? null],
      ...[form.leftOn, form.documentReference, erased, form.sealedBag ?? null, held.cost_minor],
      ...[form.proceedsMinor ?? null, held.currency, call.actor],
    ],
  );
}

async function tell(
  tx: EntityManager,
  call: Call,
  held: OpenHolding,
  { id, stream, form }: { id: string; stream: Stream; form: SendDownstreamDto },
): Promise<void> {
  const { unit_id: unitId, location_id: locationId, currency } = held;
  const costMinor = held.cost_minor === null ? null : Number(held.cost_minor);
  const details = { recordId: id, stream, costMinor, proceedsMinor: form.proceedsMinor ?? null, currency };
  await publish(tx, call, {
    ...{ type: 'stock-unit.sent-downstream', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
    payload: details,
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'stock-unit', subjectId: unitId, act: 'sendDownstream', from: 'TRIAGE', locationId, details },
  });
}

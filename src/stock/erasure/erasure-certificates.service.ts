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
import { type OpenHolding, openHolding } from '../units/open-holding.js';
import { AT_THE_BENCH, needWhileOurs } from '../units/while-ours.js';
import type { RecordErasureDto } from './erasure-certificate.dto.js';
import type { ErasureCertificateView } from './erasure-certificate.view.js';
import { readCertificate } from './erasure-certificates.query.js';

/** The act of certifying an erasure. */
@Injectable()
export class ErasureCertificates {
  constructor(private readonly acts: Acts) {}

  /**
   * Records what became of the data on a handset; the latest erasure of the holding is what counts.
   * @throws NotFound, Stale, WrongState, UnitOnHold, InvalidInput
   */
  record(call: Call, unitId: string, form: RecordErasureDto): Promise<ErasureCertificateView> {
    const faults = togetherFaults(form);
    if (faults.length) throw new InvalidInput('The certificate contradicts itself; see errors.', {}, faults);
    return this.acts.once(call, async (tx) => {
      const held = await openHolding(tx, call, unitId);
      // One that is not paid for yet keeps its owner's data: it may go back.
      if (!AT_THE_BENCH.includes(held.disposition)) {
        throw new WrongState(`It is not erased while it is ${held.disposition}.`, { state: held.disposition });
      }
      await needNoHold(tx, unitId);
      await needWhileOurs(tx, held, form.performedAt);
      const id = newId();
      await tx.query(RECORD, [id, held.id, call.actor, ...valuesOf(form)]);
      await tx.query(APPLY, [held.id]);
      await tell(tx, call, held, { id, ...form });
      return readCertificate(tx, null, id);
    });
  }
}

const fault = (field: string, code: string, detail: string): Fault => ({
  ...{ in: 'body', pointer: `/${field}` },
  ...{ code, detail },
});

function togetherFaults({ method, destination, reportSha256 }: RecordErasureDto): Fault[] {
  const destroyed = method === 'DESTROY';
  return [
    ...(destroyed && destination !== 'RECYCLING'
      ? [fault('destination', 'DESTROYED', 'What was destroyed can only be recycled.')]
      : []),
    ...(!destroyed && reportSha256 === undefined
      ? [fault('reportSha256', 'REQUIRED', 'A tool that erases makes a report: give its SHA-256.')]
      : []),
  ];
}

async function tell(
  tx: EntityManager,
  call: Call,
  held: OpenHolding,
  { id, method, result }: RecordErasureDto & { id: string },
): Promise<void> {
  const details = { certificateId: id, holdingId: held.id, method, result };
  const { unit_id: unitId, location_id: locationId } = held;
  await publish(tx, call, {
    ...{ type: 'stock-unit.erasure-certified', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
    payload: details,
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'stock-unit', subjectId: unitId, act: 'certifyErasure', to: result, locationId, details },
  });
}

const valuesOf = (form: RecordErasureDto): unknown[] => [
  ...[form.mediaType, form.source, form.method, form.technique, form.tool, form.toolVersion, form.verification],
  ...[form.result, form.operator, form.performedAt, form.place, form.destination, form.toolCertificate ?? null],
  form.reportSha256 === undefined ? null : Buffer.from(form.reportSha256, 'hex'),
];

/** Which handset it is, comes from the books. $1 certificate, $2 holding, $3 who, then the form */
const RECORD = `
  insert into erasure_certificate (id, unit_id, holding_id, location_id, maker, model, identifier_kind, identifier,
    media_type, source, method, technique, tool, tool_version, verification, result, operator, performed_at, place,
    destination, tool_certificate, report_sha256, recorded_by)
  select $1, h.unit_id, h.id, h.location_id, b.name,
    concat_ws(' ', m.name, v.maker_code, nullif(v.storage_gb, 0) || ' GB', v.colour), i.kind, i.value,
    $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $3
  from stock_holding h join stock_unit u on u.id = h.unit_id join device_variant v on v.id = u.variant_id
  join device_model m on m.id = v.model_id join brand b on b.id = m.brand_id
  cross join lateral (select kind, value from unit_identifier where unit_id = u.id and revoked_at is null
    order by array_position(array['IMEI', 'SERIAL', 'MEID', 'EID'], kind), position limit 1) i
  where h.id = $2`;

const APPLY = `
  update stock_holding set version = version + 1, erasure = (
    select result from erasure_certificate where holding_id = $1 order by performed_at desc, id desc limit 1)
  where id = $1`;

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needStepUp } from '../../access/step-up.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { InvalidInput, NotFound, WrongState } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import { LawHolds } from '../police-reports/law-holds.js';
import { imeiOf } from '../questions/offered-handsets.js';
import { needOffice } from '../sellers/office-only.js';
import type { LogLawRequestDto } from './law-enforcement-request.dto.js';
import { LawEnforcementRequest } from './law-enforcement-request.entity.js';
import type { LawRequestView } from './law-enforcement-request.view.js';
import { RequestLoggedAlready } from './law-enforcement.errors.js';
import { ASKED_IMEI, readRequest } from './law-enforcement.query.js';

const PURPOSE = 'law-enforcement';

constraintMeans(
  'law_enforcement_request_reference_key',
  () => new RequestLoggedAlready('The authority asked under this reference before: see the log.'),
);

interface AskedAbout {
  id: string;
  imeiHash: Buffer;
  imeiSealed: Buffer;
  tradeInId: string | null;
  unitId: string | null;
}

/** The last trade-in that a handset came in by, under any of its IMEIs, or of none the last that was agreed. $1 imei14 */
const TRADE_IN = `
  with known as (
    select array_append(array(
      select other.value from unit_identifier one
      join unit_identifier other on other.unit_id = one.unit_id and other.kind = 'IMEI'
      where one.kind = 'IMEI' and one.value = $1), $1::text) as imeis
  )
  select id as "tradeInId", unit_id as "unitId" from trade_in
  where imei14 = any ((select imeis from known)::text[]) or received_imei14 = any ((select imeis from known)::text[])
  order by unit_id is null, id desc limit 1`;

/** What authorities ask, kept as it was asked: answered, and the handset kept for them when they want that. */
@Injectable()
export class LawRequests {
  constructor(
    private readonly acts: Acts,
    private readonly vault: Vault,
    private readonly holds: LawHolds,
  ) {}

  /** @throws NotForTills, InvalidInput, RequestLoggedAlready */
  async log(call: Call, form: LogLawRequestDto): Promise<LawRequestView> {
    needOffice(call.caller);
    const imei14 = imeiOf(form.identifier);
    const id = newId();
    const imeiSealed = await this.vault.seal(PURPOSE, `law_enforcement_request|${id}|imei`, imei14);
    return this.acts.once(call, async (tx) => {
      const [trade]: Pick<AskedAbout, 'tradeInId' | 'unitId'>[] = await tx.query(TRADE_IN, [imei14]);
      const { tradeInId, unitId } = trade ?? { tradeInId: null, unitId: null };
      if (form.placeHold && unitId === null) throw nothingToHold();
      await write(tx, call, form, { id, imeiHash: this.vault.hash(ASKED_IMEI, imei14), imeiSealed, tradeInId, unitId });
      if (form.placeHold) await this.settle(tx, call, unitId!, `Kept for ${form.authority}, ${form.reference}`);
      await recordAudited(tx, call, {
        ...{ ...told(id, 'logLawRequest'), reason: `${form.authority}, ${form.reference}` },
        details: { tradeInId, held: form.placeHold ?? false },
      });
      return readRequest(tx, id);
    });
  }

  /** By somebody who did not write the request down, or has shown a second factor just now. @throws NotForTills, NotFound, WrongState, StepUpNeeded */
  answer(call: Call, id: string, answer: string): Promise<LawRequestView> {
    needOffice(call.caller);
    return this.acts.once(call, async (tx) => {
      const { status, loggedBy } = await lockRequest(tx, id);
      if (status !== 'OPEN') throw new WrongState('It was answered before.', { state: status, possible: [] });
      if (loggedBy === call.actor) needStepUp(call.caller);
      await tx.query(
        `update law_enforcement_request set status = 'ANSWERED', answer = $2, answered_by = $3, answered_at = now()
         where id = $1`,
        [id, answer, call.actor],
      );
      await recordAudited(tx, call, { ...told(id, 'answerLawRequest'), from: 'OPEN', to: 'ANSWERED' });
      return readRequest(tx, id);
    });
  }

  /** The days of the law, and what others asked, stay as they are. @throws NotForTills, NotFound, WrongState */
  liftHold(call: Call, id: string, reason: string): Promise<LawRequestView> {
    needOffice(call.caller);
    return this.acts.once(call, async (tx) => {
      const { status, unitId, holdPlacedAt, holdLiftedAt } = await lockRequest(tx, id);
      if (!holdPlacedAt || holdLiftedAt) {
        throw new WrongState('Nothing is kept for this request.', { state: status, possible: [] });
      }
      await tx.query('update law_enforcement_request set hold_lifted_at = now(), hold_lifted_by = $2 where id = $1', [
        id,
        call.actor,
      ]);
      await this.settle(tx, call, unitId!, reason);
      await recordAudited(tx, call, { ...told(id, 'liftLawHold'), reason });
      return readRequest(tx, id);
    });
  }

  private async settle(tx: EntityManager, call: Call, unitId: string, reason: string): Promise<void> {
    await this.holds.lock(tx, [unitId]);
    await this.holds.settle(tx, call, unitId, reason);
  }
}

async function write(tx: EntityManager, call: Call, form: LogLawRequestDto, about: AskedAbout): Promise<void> {
  await tx.query(
    `insert into law_enforcement_request (id, authority, reference, officer, asked, received_at, imei_hash, imei_sealed,
       trade_in_id, unit_id, logged_by, hold_placed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, case when $12 then now() end)`,
    [
      ...[about.id, form.authority, form.reference, form.officer, form.asked, form.receivedAt, about.imeiHash],
      ...[about.imeiSealed, about.tradeInId, about.unitId, call.actor, form.placeHold ?? false],
    ],
  );
}

/** @throws NotFound */
async function lockRequest(tx: EntityManager, id: string): Promise<LawEnforcementRequest> {
  const found = await tx.findOne(LawEnforcementRequest, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!found) throw new NotFound('No such request.');
  return found;
}

function nothingToHold(): InvalidInput {
  const detail = 'The handset never came in: there is nothing to be kept.';
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '/placeHold', code: 'NOTHING_TO_HOLD', detail }]);
}

const told = (subjectId: string, act: string) => ({ subjectKind: 'law-enforcement-request', subjectId, act });

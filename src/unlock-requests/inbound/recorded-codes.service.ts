import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import { CodeForms } from '../codes/code-forms.js';
import { aboutCode, CODE_PURPOSE, codeHash } from '../codes/sealed-codes.js';
import { OWNER_DIRECTION } from '../decisions/brought-judgement.js';
import { Fulfilment } from '../fulfilment/fulfilment.js';
import { findRequest, lockRequest } from '../requests/own-requests.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import type { UnlockRequestView } from '../requests/unlock-request.view.js';
import { readRequest } from '../requests/unlock-requests.query.js';
import type { RecordCodeDto } from './brought-handset.dto.js';

interface Sealed {
  imei14: string;
  codeType: string;
  sealed: Buffer;
  hash: Buffer;
}

/** Codes of other carriers that we ask for as an owner's agent. Without the owner's signed direction none is taken. */
@Injectable()
export class RecordedCodes {
  constructor(
    private readonly acts: Acts,
    private readonly vault: Vault,
    private readonly fulfilment: Fulfilment,
  ) {}

  /**
   * Takes the code that has come, and offers it. Whoever found the direction good is another person than who writes
   * the code down.
   * @throws InvalidInput, NotFound, WrongState, SecondPersonNeeded, AnotherCodeHeld, CodeKnown
   */
  async record(call: Call, id: string, { codeType, code, source }: RecordCodeDto): Promise<UnlockRequestView> {
    const { imei14 } = await this.acts.transaction((tx) => findRequest(tx, id, call.caller));
    const sealed = await this.vault.seal(CODE_PURPOSE, aboutCode(imei14, codeType), code);
    const kept = { imei14, codeType, sealed, hash: codeHash(this.vault, imei14, codeType, code) };
    return this.acts.once(call, async (tx) => {
      await needForm(tx, { imei14, codeType, code });
      const request = needWaiting(await lockRequest(tx, id, call.caller));
      const directedBy = await directionOf(tx, request);
      needSecondPerson(call, [directedBy]);
      await this.keep(tx, call, kept, directedBy);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-request', subjectId: id, act: 'recordCode', reason: source },
        ...{ locationId: request.locationId, details: { codeType } },
      });
      await this.fulfilment.offer(tx, call, request);
      return readRequest(tx, id, call.caller);
    });
  }

  private keep(
    tx: EntityManager,
    { actor }: Call,
    { imei14, codeType, sealed, hash }: Sealed,
    by: string,
  ): Promise<unknown> {
    return tx.query(
      `with batch as (
         insert into unlock_code_batch (id, import_job_id, status, authored_by, decided_by, decided_at)
         values ($1, $1, 'APPROVED', $2, $3, now()))
       insert into unlock_code (id, device_imei14, code_type, status, sealed, data_key_id, code_hash, batch_id)
       values ($4, $5, $6, 'HELD', $7, $8, $9, $1)`,
      [newId(), actor, by, newId(), imei14, codeType, sealed, this.vault.keyOf(sealed), hash],
    );
  }
}

/** @throws InvalidInput for a code that handsets of this maker do not have */
async function needForm(tx: EntityManager, row: { imei14: string; codeType: string; code: string }): Promise<void> {
  const forms = new CodeForms();
  const asked = { imei: row.imei14, code_type: row.codeType, code: row.code, mep_id: null, prd: null, lot: null };
  await forms.learn(tx, [asked]);
  const faults = forms.faultsOf(asked);
  if (!faults.length) return;
  const errors = faults.map(({ column, code, detail }) => ({
    ...{ in: 'body' as const, pointer: column === 'code_type' ? '/codeType' : '/code', code, detail },
  }));
  throw new InvalidInput(errors[0]!.detail, {}, errors);
}

function needWaiting(request: UnlockRequest): UnlockRequest {
  const { kind, status, stage } = request;
  if (kind === 'INBOUND' && status === 'FULFILLING' && stage === 'AWAITING_CODE') return request;
  const why = kind === 'INBOUND' ? `it is ${status}` : 'its lock is ours, and our codes come in files';
  throw new WrongState(`No code of another carrier is waited for: ${why}.`, { state: status, possible: [] });
}

/** Who found the owner's direction good. @throws WrongState when there is none */
async function directionOf(tx: EntityManager, { id, status }: UnlockRequest): Promise<string> {
  const [found]: { decided_by: string }[] = await tx.query(
    `select decided_by from unlock_document where request_id = $1 and type = $2 and verdict = 'ACCEPTED' limit 1`,
    [id, OWNER_DIRECTION],
  );
  if (found) return found.decided_by;
  throw new WrongState("There is no signed direction of the handset's owner.", { state: status, possible: [] });
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { resumeClocks } from '../clock/pausing.js';
import { Decisions } from '../decisions/decisions.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { moveRequest } from '../requests/moves.js';
import { findRequest, lockRequest } from '../requests/own-requests.js';
import { PaperDesk } from './paper-desk.js';
import { UnlockDocument } from './unlock-document.entity.js';
import { readDocument } from './unlock-documents.query.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import type { PaperContent, UnlockDocumentView } from './unlock-document.view.js';

/** Papers that show an exemption: handed in by one, looked at by another, and then decided upon. */
@Injectable()
export class UnlockDocuments {
  constructor(
    private readonly acts: Acts,
    private readonly desk: PaperDesk,
    private readonly facts: FactsGatherer,
    private readonly decisions: Decisions,
  ) {}

  /** Takes a paper; the same one again changes nothing. @throws InvalidInput, NotFound, WrongState */
  async handIn(call: Call, requestId: string, type: string, paper: Buffer): Promise<UnlockDocumentView> {
    const sealed = await this.desk.seal(requestId, type, paper);
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, requestId, call.caller);
      return readDocument(tx, await this.desk.take(tx, call, request, sealed));
    });
  }

  /** The paper holds: the request is decided again with it. @throws NotFound, WrongState, SecondPersonNeeded */
  async accept(call: Call, id: string, reason: string): Promise<UnlockDocumentView> {
    const gathered = await this.gatheredFor(call, id);
    return this.acts.once(call, async (tx) => {
      const request = await lookAt(tx, call, id, 'ACCEPTED', reason);
      if (request.status === 'AWAITING_DOCUMENTS') {
        await moveRequest(tx, call, request, 'resume', { also: { documentsBy: null }, reason });
        await resumeClocks(tx, request);
        await this.decisions.decide(tx, call, await findRequest(tx, request.id), gathered);
      }
      return readDocument(tx, id);
    });
  }

  /** The paper does not hold; another may still be handed in. @throws NotFound, WrongState, SecondPersonNeeded */
  reject(call: Call, id: string, reason: string): Promise<UnlockDocumentView> {
    return this.acts.once(call, async (tx) => {
      const request = await lookAt(tx, call, id, 'REJECTED', reason);
      await tx.query(
        `update unlock_request set version = version + 1, reasons = array_append(reasons, 'DOCUMENTS_REJECTED')
         where id = $1 and not 'DOCUMENTS_REJECTED' = any (reasons)`,
        [request.id],
      );
      return readDocument(tx, id);
    });
  }

  /** What the paper shows; who looked is in the audit before they see it. @throws NotFound */
  async content(call: Call, id: string): Promise<PaperContent> {
    const document = await this.acts.transaction(async (tx) => {
      const found = await tx.findOneBy(UnlockDocument, { id });
      if (!found?.contentSealed) throw new NotFound('No such document, or it was erased.');
      const { locationId } = await findRequest(tx, found.requestId, call.caller);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-request', subjectId: found.requestId, act: 'readDocument', locationId },
        details: { documentId: id, type: found.type },
      });
      return found;
    });
    const { requestId, digest, contentSealed } = document;
    const bytes = await this.desk.open(requestId, { digest, sealed: contentSealed! });
    return { bytes, mediaType: document.mediaType };
  }

  private async gatheredFor(call: Call, id: string): Promise<Gathered> {
    const { imei14, lineId } = await this.acts.transaction(async (tx) => {
      const { requestId } = await findDocument(tx, id);
      return findRequest(tx, requestId, call.caller);
    });
    const [gathered] = await this.facts.gather([{ imei14, lineId }]);
    return gathered!;
  }
}

/** @throws NotFound */
async function findDocument(tx: EntityManager, id: string): Promise<UnlockDocument> {
  const document = await tx.findOneBy(UnlockDocument, { id });
  if (!document) throw new NotFound('No such document, or not yours.');
  return document;
}

/** Writes a verdict down, once, by somebody who did not hand the paper in. The request is locked first, as everywhere. */
async function lookAt(
  tx: EntityManager,
  call: Call,
  id: string,
  verdict: 'ACCEPTED' | 'REJECTED',
  reason: string,
): Promise<UnlockRequest> {
  const { requestId } = await findDocument(tx, id);
  const request = await lockRequest(tx, requestId, call.caller);
  const document = await findDocument(tx, id);
  if (document.verdict !== 'PENDING') {
    throw new WrongState(`It was looked at before: ${document.verdict}.`, { state: document.verdict, possible: [] });
  }
  needSecondPerson(call, [document.handedInBy]);
  await tx.query(
    `update unlock_document set verdict = $2, verdict_reason = $3, decided_by = $4, decided_at = now(),
       content_until = now() + interval '30 days' where id = $1`,
    [id, verdict, reason, call.actor],
  );
  await recordAct(tx, call, {
    ...{ subjectKind: 'unlock-request', subjectId: requestId, locationId: request.locationId, reason },
    ...{ act: verdict === 'ACCEPTED' ? 'acceptDocument' : 'rejectDocument' },
    details: { documentId: id, type: document.type },
  });
  return request;
}

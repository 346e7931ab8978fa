import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { paperTypeOf } from '../../platform/http/paper-body.decorator.js';
import { InvalidInput, NotFound, WrongState } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import { resumeClocks } from '../clock/pausing.js';
import { Decisions } from '../decisions/decisions.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { moveRequest } from '../requests/moves.js';
import { findRequest, lockRequest } from '../requests/own-requests.js';
import { UnlockDocument } from './unlock-document.entity.js';
import { readDocument } from './unlock-documents.query.js';
import type { PaperContent, UnlockDocumentView } from './unlock-document.view.js';

const PURPOSE = 'document';
const TAKEN_IN = ['AWAITING_DOCUMENTS', 'UNDER_REVIEW'];

const aboutPaper = (requestId: string, digest: Buffer): string =>
  `unlock_document|${requestId}|${digest.toString('hex')}|content`;

/** Papers that show an exemption: handed in by one, looked at by another, and then decided upon. */
@Injectable()
export class UnlockDocuments {
  constructor(
    private readonly acts: Acts,
    private readonly vault: Vault,
    private readonly facts: FactsGatherer,
    private readonly decisions: Decisions,
  ) {}

  /** Takes a paper; the same one again changes nothing. @throws InvalidInput, NotFound, WrongState */
  async handIn(call: Call, requestId: string, type: string, paper: Buffer): Promise<UnlockDocumentView> {
    const mediaType = paperTypeOf(paper);
    if (!mediaType) throw notAPaper();
    const digest = createHash('sha256').update(paper).digest();
    const sealed = await this.vault.seal(PURPOSE, aboutPaper(requestId, digest), paper);
    return this.acts.once(call, async (tx) => {
      const { status, locationId } = await lockRequest(tx, requestId, call.caller);
      if (!TAKEN_IN.includes(status)) {
        throw new WrongState(`No paper is waited for: it is ${status}.`, { state: status, possible: [] });
      }
      const id = newId();
      const [kept]: { id: string }[] = await tx.query(
        `insert into unlock_document (id, request_id, type, media_type, digest, bytes, handed_in_by, content_sealed,
           content_until) values ($1, $2, $3, $4, $5, $6, $7, $8, now() + interval '90 days')
         on conflict (request_id, digest) do update set type = excluded.type where unlock_document.verdict = 'PENDING'
         returning id`,
        [id, requestId, type, mediaType, digest, paper.length, call.actor, sealed],
      );
      if (!kept) throw new WrongState('This very paper was looked at before.', { state: status, possible: [] });
      await recordAct(tx, call, {
        ...{ subjectKind: 'unlock-request', subjectId: requestId, act: 'handInDocument', locationId },
        details: { documentId: kept.id, type, mediaType, bytes: paper.length },
      });
      return readDocument(tx, kept.id);
    });
  }

  /** The paper holds: the request is decided again with it. @throws NotFound, WrongState, SecondPersonNeeded */
  async accept(call: Call, id: string, reason: string): Promise<UnlockDocumentView> {
    const gathered = await this.gatheredFor(call, id);
    return this.acts.once(call, async (tx) => {
      const document = await lookAt(tx, call, id, 'ACCEPTED', reason);
      const request = await lockRequest(tx, document.requestId, call.caller);
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
      const { requestId } = await lookAt(tx, call, id, 'REJECTED', reason);
      await lockRequest(tx, requestId, call.caller);
      await tx.query(
        `update unlock_request set version = version + 1, reasons = array_append(reasons, 'DOCUMENTS_REJECTED')
         where id = $1 and not 'DOCUMENTS_REJECTED' = any (reasons)`,
        [requestId],
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
    const bytes = await this.vault.unseal(aboutPaper(document.requestId, document.digest), document.contentSealed!);
    return { bytes, mediaType: document.mediaType };
  }

  private async gatheredFor(call: Call, id: string): Promise<Gathered> {
    const { imei14, lineId } = await this.acts.transaction(async (tx) => {
      const document = await tx.findOneBy(UnlockDocument, { id });
      if (!document) throw noSuchDocument();
      return findRequest(tx, document.requestId, call.caller);
    });
    const [gathered] = await this.facts.gather([{ imei14, lineId }]);
    return gathered!;
  }
}

const noSuchDocument = () => new NotFound('No such document, or not yours.');

function notAPaper(): InvalidInput {
  const detail = 'The bytes are no PDF, JPEG or PNG, whatever the content type says.';
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '', code: 'NOT_A_PAPER', detail }]);
}

/** Writes a verdict down, once, by somebody who did not hand the paper in. */
async function lookAt(
  tx: EntityManager,
  call: Call,
  id: string,
  verdict: 'ACCEPTED' | 'REJECTED',
  reason: string,
): Promise<UnlockDocument> {
  const document = await tx.findOne(UnlockDocument, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!document) throw noSuchDocument();
  const { locationId } = await findRequest(tx, document.requestId, call.caller);
  if (document.verdict !== 'PENDING') {
    throw new WrongState(`It was looked at before: ${document.verdict}.`, { state: document.verdict, possible: [] });
  }
  needSecondPerson(call, [document.handedInBy]);
  await tx.query(
    `update unlock_document set verdict = $2, verdict_reason = $3, decided_by = $4, decided_at = now() where id = $1`,
    [id, verdict, reason, call.actor],
  );
  await recordAct(tx, call, {
    ...{ subjectKind: 'unlock-request', subjectId: document.requestId, locationId, reason },
    ...{ act: verdict === 'ACCEPTED' ? 'acceptDocument' : 'rejectDocument' },
    details: { documentId: id, type: document.type },
  });
  return document;
}

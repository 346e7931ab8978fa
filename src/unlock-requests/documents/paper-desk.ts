import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { paperTypeOf } from '../../platform/http/paper-body.decorator.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';

const PURPOSE = 'document';
const TAKEN_IN: readonly string[] = ['AWAITING_DOCUMENTS', 'UNDER_REVIEW'];
const MOST_PAPERS = 10;

/** A paper on its way into the files. */
export interface SealedPaper {
  type: string;
  mediaType: string;
  digest: Buffer;
  bytes: number;
  sealed: Buffer;
}

const aboutPaper = (requestId: string, digest: Buffer): string =>
  `unlock_document|${requestId}|${digest.toString('hex')}|content`;

/** Where papers are taken in and looked at; what they show lies sealed. */
@Injectable()
export class PaperDesk {
  constructor(private readonly vault: Vault) {}

  /** Before the transaction, which must not wait for a second connection. @throws InvalidInput */
  async seal(requestId: string, type: string, paper: Buffer): Promise<SealedPaper> {
    const mediaType = paperTypeOf(paper);
    if (!mediaType) throw notAPaper();
    const digest = createHash('sha256').update(paper).digest();
    const sealed = await this.vault.seal(PURPOSE, aboutPaper(requestId, digest), paper);
    return { type, mediaType, digest, bytes: paper.length, sealed };
  }

  /** Takes a paper for a request that is locked; the same one again changes nothing. @throws WrongState @returns its id */
  async take(tx: EntityManager, call: Call, request: UnlockRequest, paper: SealedPaper): Promise<string> {
    const { id: requestId, status, locationId } = request;
    if (!TAKEN_IN.includes(status)) throw refused(`No paper is waited for: it is ${status}.`, status);
    const [{ papers }]: [{ papers: number }] = await tx.query(
      'select count(*)::int as papers from unlock_document where request_id = $1 and digest <> $2',
      [requestId, paper.digest],
    );
    if (papers >= MOST_PAPERS) throw refused(`${MOST_PAPERS} papers were handed in; they are looked at first.`, status);
    const { type, mediaType, digest, bytes, sealed } = paper;
    const [kept]: { id: string }[] = await tx.query(
      `insert into unlock_document (id, request_id, type, media_type, digest, bytes, handed_in_by, content_sealed,
         content_until) values ($1, $2, $3, $4, $5, $6, $7, $8, now() + interval '90 days')
       on conflict (request_id, digest) do update set type = excluded.type where unlock_document.verdict = 'PENDING'
       returning id`,
      [newId(), requestId, type, mediaType, digest, bytes, call.actor, sealed],
    );
    if (!kept) throw refused('This very paper was looked at before.', status);
    await recordAct(tx, call, {
      ...{ subjectKind: 'unlock-request', subjectId: requestId, act: 'handInDocument', locationId },
      details: { documentId: kept.id, type, mediaType, bytes },
    });
    return kept.id;
  }

  open = (requestId: string, { digest, sealed }: Pick<SealedPaper, 'digest' | 'sealed'>): Promise<Buffer> =>
    this.vault.unseal(aboutPaper(requestId, digest), sealed);
}

const refused = (detail: string, state: string) => new WrongState(detail, { state, possible: [] });

function notAPaper(): InvalidInput {
  const detail = 'The bytes are no PDF, JPEG or PNG, whatever the content type says.';
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '', code: 'NOT_A_PAPER', detail }]);
}

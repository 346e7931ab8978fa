import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { NotFound } from '../../platform/problems.js';
import { moment, momentOrNull } from '../../values/views.js';
import { findRequest } from '../requests/own-requests.js';
import type { UnlockDocumentPageView, UnlockDocumentView } from './unlock-document.view.js';

interface DocumentRow extends Omit<UnlockDocumentView, 'handedInAt' | 'decidedAt'> {
  handedInAt: Date;
  decidedAt: Date | null;
}

const SELECT = `
  select id, request_id as "requestId", type, media_type as "mediaType", encode(digest, 'hex') as digest, bytes,
         handed_in_by as "handedInBy", handed_in_at as "handedInAt", verdict, verdict_reason as "verdictReason",
         decided_by as "decidedBy", decided_at as "decidedAt", content_sealed is null as erased
  from unlock_document`;

/** Reads of papers, without what they show. */
@Injectable()
export class UnlockDocumentsReads {
  constructor(private readonly db: DataSource) {}

  /** The papers of a request; a request has few. @throws NotFound */
  async ofRequest(caller: Caller, requestId: string): Promise<UnlockDocumentPageView> {
    await findRequest(this.db.manager, requestId, caller);
    const rows: DocumentRow[] = await this.db.query(`${SELECT} where request_id = $1 order by id limit 200`, [
      requestId,
    ]);
    return { items: rows.map(documentView) };
  }
}

/** @throws NotFound */
export async function readDocument(db: Pick<EntityManager, 'query'>, id: string): Promise<UnlockDocumentView> {
  const [row]: DocumentRow[] = await db.query(`${SELECT} where id = $1`, [id]);
  if (!row) throw new NotFound('No such document, or not yours.');
  return documentView(row);
}

const documentView = ({ handedInAt, decidedAt, ...row }: DocumentRow): UnlockDocumentView => ({
  ...row,
  handedInAt: moment(handedInAt),
  decidedAt: momentOrNull(decidedAt),
});

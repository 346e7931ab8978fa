import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';

export const DOCUMENT_VERDICTS = ['PENDING', 'ACCEPTED', 'REJECTED'] as const;
export type DocumentVerdict = (typeof DOCUMENT_VERDICTS)[number];

/** A paper that shows an exemption. Its type, digest and verdict stay; what it says is sealed, and goes on a clock. */
@Entity('unlock_document')
@Check('unlock_document_verdict_ck', oneOf('verdict', DOCUMENT_VERDICTS))
@Check('unlock_document_decided_ck', `(verdict = 'PENDING') = (decided_by is null)`)
@Check('unlock_document_second_person_ck', `decided_by <> handed_in_by`)
@Check('unlock_document_bytes_ck', `bytes between 1 and 10485760`)
@Index('unlock_document_digest_key', ['requestId', 'digest'], { unique: true })
@Index('unlock_document_until_ix', ['contentUntil'], { where: `content_sealed is not null` })
export class UnlockDocument {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_document_pk' })
  id: string;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_document_request_fk' })
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;
  @Column({ name: 'type', type: 'text' })
  type: string;
  @Column({ name: 'media_type', type: 'text' })
  mediaType: string;
  @Column({ name: 'digest', type: 'bytea' })
  digest: Buffer;
  @Column({ name: 'bytes', type: 'integer' })
  bytes: number;
  @Column({ name: 'handed_in_by', type: 'text' })
  handedInBy: string;
  @Column({ name: 'handed_in_at', type: 'timestamptz', default: () => 'now()' })
  handedInAt: Date;
  @Column({ name: 'verdict', type: 'text', default: () => "'PENDING'" })
  verdict: DocumentVerdict;
  @Column({ name: 'verdict_reason', type: 'text', nullable: true })
  verdictReason: string | null;
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
  @Column({ name: 'content_sealed', type: 'bytea', nullable: true })
  contentSealed: Buffer | null;
  @Column({ name: 'content_until', type: 'timestamptz' })
  contentUntil: Date;
}

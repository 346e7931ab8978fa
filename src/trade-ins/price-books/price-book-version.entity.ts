import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { PRICE_VERSION_STATES, type PriceVersionState } from './price-book.lifecycle.js';

@Entity('price_book_version')
@Check('price_book_version_status_ck', oneOf('status', PRICE_VERSION_STATES))
@Check('price_book_version_window_ck', `effective_from < effective_to`)
@Check('price_book_version_floor_ck', `floor_minor between 1 and 100000000000`)
@Check('price_book_version_stale_ck', `stale_after_days between 1 and 3650 and freeze_after_days >= stale_after_days`)
@Check('price_book_version_drop_ck', `freeze_drop_percent between 1 and 99`)
@Check(
  'price_book_version_approved_ck',
  `(status = 'ACTIVE') = (approved_by is not null) and (approved_by is null) = (approved_at is null)`,
)
@Check(
  'price_book_version_frozen_ck',
  `(frozen_at is null) = (frozen_by is null) and (frozen_at is null) = (frozen_reason is null)`,
)
@Check('price_book_version_second_person_ck', `approved_by <> all (authors)`)
@Unique('price_book_version_code_key', ['code'])
@Index('price_book_version_page_ix', ['bookId', 'id'])
export class PriceBookVersion {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'price_book_version_pk' })
  id: string;
  @ForeignKey('PriceBook', 'id', { name: 'price_book_version_book_fk' })
  @Column({ name: 'book_id', type: 'uuid' })
  bookId: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'status', type: 'text' })
  status: PriceVersionState;
  @Column({ name: 'authors', type: 'text', array: true })
  authors: string[];
  @Column({ name: 'effective_from', type: 'timestamptz' })
  effectiveFrom: Date;
  @Column({ name: 'effective_to', type: 'timestamptz', nullable: true })
  effectiveTo: Date | null;
  @Column({ name: 'floor_minor', type: 'bigint' })
  floorMinor: string;
  @Column({ name: 'stale_after_days', type: 'integer' })
  staleAfterDays: number;
  @Column({ name: 'freeze_after_days', type: 'integer', nullable: true })
  freezeAfterDays: number | null;
  @Column({ name: 'freeze_drop_percent', type: 'integer', nullable: true })
  freezeDropPercent: number | null;
  @Column({ name: 'source', type: 'text', nullable: true })
  source: string | null;
  @Column({ name: 'lines', type: 'integer', nullable: true })
  lines: number | null;
  @Column({ name: 'checksum', type: 'bytea', nullable: true })
  checksum: Buffer | null;
  @Column({ name: 'approved_by', type: 'text', nullable: true })
  approvedBy: string | null;
  @Column({ name: 'approved_at', type: 'timestamptz', nullable: true })
  approvedAt: Date | null;
  @Column({ name: 'frozen_at', type: 'timestamptz', nullable: true })
  frozenAt: Date | null;
  @Column({ name: 'frozen_by', type: 'text', nullable: true })
  frozenBy: string | null;
  @Column({ name: 'frozen_reason', type: 'text', nullable: true })
  frozenReason: string | null;
  @Column({ name: 'stale_told_at', type: 'timestamptz', nullable: true })
  staleToldAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

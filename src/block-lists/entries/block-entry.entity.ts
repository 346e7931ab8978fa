import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { ListingReason } from '../registry-answer.js';
import { BLOCK_REASONS, type BlockList, BLOCK_LISTS, GENERAL_REASONS } from './listing.js';

@Entity('block_entry')
@Check('block_entry_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check('block_entry_list_ck', oneOf('list', BLOCK_LISTS))
@Check(
  'block_entry_reason_ck',
  `list = 'BLOCK' and ${oneOf('reason', BLOCK_REASONS)} or list = 'GENERAL' and ${oneOf('reason', GENERAL_REASONS)}`,
)
@Check('block_entry_source_ck', `source ~ '^[A-Z0-9][A-Z0-9_-]{0,39}$'`)
@Check('block_entry_lifted_ck', '(lifted_at is null) = (lifted_by is null)')
@Index('block_entry_live_key', ['imei14', 'reason', 'source'], { unique: true, where: 'lifted_at is null' })
@Index('block_entry_device_ix', ['imei14', 'id'])
export class BlockEntry {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'block_entry_pk' })
  id: string;
  @Column({ name: 'imei14', type: 'text' })
  imei14: string;
  @Column({ name: 'list', type: 'text' })
  list: BlockList;
  @Column({ name: 'reason', type: 'text' })
  reason: ListingReason;
  /** Who reported it. */
  @Column({ name: 'source', type: 'text' })
  source: string;
  @Column({ name: 'reported_on', type: 'date' })
  reportedOn: string;
  /** Reported, and still to be confirmed: to be looked into, not yet to be stopped. */
  @Column({ name: 'pending', type: 'boolean', default: () => 'false' })
  pending: boolean;
  @Column({ name: 'placed_at', type: 'timestamptz', default: () => 'now()' })
  placedAt: Date;
  @Column({ name: 'placed_by', type: 'text' })
  placedBy: string;
  @Column({ name: 'lifted_at', type: 'timestamptz', nullable: true })
  liftedAt: Date | null;
  @Column({ name: 'lifted_by', type: 'text', nullable: true })
  liftedBy: string | null;
  @Column({ name: 'lifted_reason', type: 'text', nullable: true })
  liftedReason: string | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

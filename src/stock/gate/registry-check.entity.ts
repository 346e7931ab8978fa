import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { REGISTRY_STATUSES, type RegistryStatus } from '../../block-lists/registry-answer.js';
import { oneOf } from '../../platform/one-of.js';

/** What the registries said of a handset when it went on the shelf; never changed. */
@Entity('registry_check')
@Check('registry_check_status_ck', oneOf('status', REGISTRY_STATUSES))
@Index('registry_check_holding_ix', ['holdingId', 'checkedAt'])
export class RegistryCheck {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'registry_check_pk' })
  id: string;
  @ForeignKey('StockHolding', 'id', { name: 'registry_check_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @Column({ name: 'status', type: 'text' })
  status: RegistryStatus;
  @Column({ name: 'reasons', type: 'text', array: true })
  reasons: string[];
  @Column({ name: 'sources', type: 'text', array: true })
  sources: string[];
  @Column({ name: 'checked_at', type: 'timestamptz' })
  checkedAt: Date;
  @Column({ name: 'asked_by', type: 'text' })
  askedBy: string;
}

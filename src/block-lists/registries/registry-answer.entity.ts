import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { ListingReason, RegistryStatus } from '../registry-answer.js';

/** What a registry of others answered, for as long as it is fresh. What it did not answer is not kept. */
@Entity('registry_answer')
@Check('registry_answer_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check('registry_answer_status_ck', oneOf('status', ['CLEAN', 'CLAIMED', 'BLOCKED']))
export class RegistryAnswerRow {
  @PrimaryColumn({ name: 'imei14', type: 'text', primaryKeyConstraintName: 'registry_answer_pk' })
  imei14: string;
  @PrimaryColumn({ name: 'source', type: 'text', primaryKeyConstraintName: 'registry_answer_pk' })
  source: string;
  @Column({ name: 'status', type: 'text' })
  status: Exclude<RegistryStatus, 'UNKNOWN'>;
  @Column({ name: 'reasons', type: 'text', array: true })
  reasons: ListingReason[];
  @Column({ name: 'checked_at', type: 'timestamptz' })
  checkedAt: Date;
}

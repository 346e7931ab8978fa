import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import {
  ENTITLEMENT_KINDS,
  ENTITLEMENT_STATES,
  type EntitlementKind,
  type EntitlementState,
} from './entitlement.lifecycle.js';

@Entity('unlock_entitlement')
@Unique('unlock_entitlement_code_key', ['code'])
@Check('unlock_entitlement_kind_ck', oneOf('kind', ENTITLEMENT_KINDS))
@Check('unlock_entitlement_status_ck', oneOf('status', ENTITLEMENT_STATES))
@Check('unlock_entitlement_used_ck', 'used between 0 and unlock_limit')
@Check('unlock_entitlement_approved_ck', `status in ('PROPOSED', 'ENDED') or num_nulls(approved_by, recertify_by) = 0`)
@Check('unlock_entitlement_second_person_ck', 'approved_by <> authored_by')
@Check('unlock_entitlement_recertified_ck', 'recertified_by <> authored_by')
export class UnlockEntitlement {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_entitlement_pk' })
  id: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'kind', type: 'text' })
  kind: EntitlementKind;
  @Column({ name: 'owner', type: 'text' })
  owner: string;
  @Column({ name: 'owner_subject', type: 'text' })
  ownerSubject: string;
  @Column({ name: 'lots', type: 'text', array: true })
  lots: string[];
  @Column({ name: 'account_ids', type: 'uuid', array: true })
  accountIds: string[];
  @Column({ name: 'unlock_limit', type: 'integer' })
  unlockLimit: number;
  @Column({ name: 'used', type: 'integer', default: () => '0' })
  used: number;
  @Column({ name: 'ends_on', type: 'date' })
  endsOn: string;
  @Column({ name: 'recertify_by', type: 'date', nullable: true })
  recertifyBy: string | null;
  @Column({ name: 'status', type: 'text' })
  status: EntitlementState;
  @Column({ name: 'authored_by', type: 'text' })
  authoredBy: string;
  @Column({ name: 'authored_at', type: 'timestamptz', default: () => 'now()' })
  authoredAt: Date;
  @Column({ name: 'approved_by', type: 'text', nullable: true })
  approvedBy: string | null;
  @Column({ name: 'recertified_by', type: 'text', nullable: true })
  recertifiedBy: string | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

/** A handset that was sold in a lot. */
@Entity('unlock_lot_device')
@Check('unlock_lot_device_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
export class UnlockLotDevice {
  @PrimaryColumn({ name: 'lot', type: 'text', primaryKeyConstraintName: 'unlock_lot_device_pk' })
  lot: string;
  @PrimaryColumn({ name: 'imei14', type: 'text', primaryKeyConstraintName: 'unlock_lot_device_pk' })
  imei14: string;
}

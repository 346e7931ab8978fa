import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { UnlockChannel } from '../eligibility/facts.js';
import type { Reason } from '../eligibility/reasons.js';
import {
  type Disclosure,
  DISCLOSURES,
  LIVE_STATES,
  type LockAsRead,
  LOCKS_AS_READ,
  UNLOCK_KINDS,
  UNLOCK_METHODS,
  UNLOCK_SCOPES,
  UNLOCK_STAGES,
  UNLOCK_STATES,
  type UnlockKind,
  type UnlockMethod,
  type UnlockScope,
  type UnlockStage,
  type UnlockState,
} from './unlock-request.lifecycle.js';
import { type Language, LANGUAGES } from '../../values/language.js';

@Entity('unlock_request')
@Unique('unlock_request_number_key', ['number'])
@Check('unlock_request_kind_ck', oneOf('kind', UNLOCK_KINDS))
@Check('unlock_request_scope_ck', oneOf('scope', UNLOCK_SCOPES))
@Check('unlock_request_status_ck', oneOf('status', UNLOCK_STATES))
@Check('unlock_request_method_ck', oneOf('method', UNLOCK_METHODS))
@Check('unlock_request_stage_ck', oneOf('stage', UNLOCK_STAGES))
@Check('unlock_request_lock_read_ck', oneOf('lock_read', LOCKS_AS_READ))
@Check('unlock_request_disclosure_ck', oneOf('disclosure', DISCLOSURES))
@Check('unlock_request_language_ck', oneOf('language', LANGUAGES))
@Check('unlock_request_imei_ck', `imei14 ~ '^[0-9]{14}$' and device_imei14 ~ '^[0-9]{14}$'`)
@Check(
  'unlock_request_pending_ck',
  `status <> 'PENDING_CONFIRMATION' or (confirm_hash is not null and confirm_by is not null)`,
)
@Check(
  'unlock_request_received_ck',
  `(received_at is null) = (respond_by is null) and (received_at is null) = (resolve_by is null)`,
)
@Check(
  'unlock_request_contact_ck',
  `(contact_sealed is null) = (contact_hash is null) and octet_length(contact_hash) = 16`,
)
@Index('unlock_request_live_key', ['deviceImei14'], { unique: true, where: oneOf('status', LIVE_STATES) })
@Index('unlock_request_pending_key', ['deviceImei14', 'contactHash'], {
  unique: true,
  where: `status = 'PENDING_CONFIRMATION'`,
})
@Index('unlock_request_confirm_key', ['confirmHash'], { unique: true, where: `confirm_hash is not null` })
@Index('unlock_request_queue_ix', ['status', 'respondBy', 'id'])
@Index('unlock_request_device_ix', ['deviceImei14', 'id'])
@Index('unlock_request_subject_ix', ['subject', 'id'], { where: `subject is not null` })
@Index('unlock_request_location_ix', ['locationId', 'id'], { where: `location_id is not null` })
@Index('unlock_request_lapsing_ix', ['confirmBy'], { where: `status = 'PENDING_CONFIRMATION'` })
@Index('unlock_request_answering_ix', ['respondBy'], {
  where: `responded_at is null and respond_breached_at is null and paused_at is null and ${oneOf('status', LIVE_STATES)}`,
})
@Index('unlock_request_settling_ix', ['resolveBy'], {
  where: `resolve_breached_at is null and paused_at is null and ${oneOf('status', LIVE_STATES)}`,
})
@Index('unlock_request_received_ix', ['receivedAt'], { where: `received_at is not null` })
@Index('unlock_request_waiting_ix', ['askAgainAt'], { where: `status = 'EVALUATING'` })
export class UnlockRequest {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_request_pk' })
  id: string;
  @Column({ name: 'number', type: 'text' })
  number: string;
  @Column({ name: 'kind', type: 'text' })
  kind: UnlockKind;
  @Column({ name: 'scope', type: 'text' })
  scope: UnlockScope;
  @Column({ name: 'channel', type: 'text' })
  channel: UnlockChannel;
  @Column({ name: 'status', type: 'text' })
  status: UnlockState;
  @Column({ name: 'imei14', type: 'text' })
  imei14: string;
  @Column({ name: 'device_imei14', type: 'text' })
  deviceImei14: string;
  @Column({ name: 'made_by', type: 'text' })
  madeBy: string;
  @Column({ name: 'subject', type: 'text', nullable: true })
  subject: string | null;
  @ForeignKey('StockLocation', 'id', { name: 'unlock_request_location_fk' })
  @Column({ name: 'location_id', type: 'uuid', nullable: true })
  locationId: string | null;
  @Column({ name: 'contact_sealed', type: 'bytea', nullable: true })
  contactSealed: Buffer | null;
  @Column({ name: 'contact_hash', type: 'bytea', nullable: true })
  contactHash: Buffer | null;
  @Column({ name: 'language', type: 'text' })
  language: Language;
  /** How much of what is known the customer is told. */
  @Column({ name: 'disclosure', type: 'text' })
  disclosure: Disclosure;
  @Column({ name: 'confirm_hash', type: 'bytea', nullable: true })
  confirmHash: Buffer | null;
  @Column({ name: 'confirm_by', type: 'timestamptz', nullable: true })
  confirmBy: Date | null;
  @Column({ name: 'access_hash', type: 'bytea', nullable: true })
  accessHash: Buffer | null;
  @Column({ name: 'line_id', type: 'uuid', nullable: true })
  lineId: string | null;
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;
  @Column({ name: 'alternative', type: 'text', nullable: true })
  alternative: string | null;
  @Column({ name: 'exemption', type: 'text', nullable: true })
  exemption: string | null;
  @ForeignKey('UnlockEntitlement', 'id', { name: 'unlock_request_entitlement_fk' })
  @Column({ name: 'entitlement_id', type: 'uuid', nullable: true })
  entitlementId: string | null;
  @ForeignKey('UnlockPolicy', 'id', { name: 'unlock_request_policy_fk' })
  @Column({ name: 'policy_id', type: 'uuid', nullable: true })
  policyId: string | null;
  @Column({ name: 'reasons', type: 'text', array: true, default: () => "'{}'" })
  reasons: Reason[];
  @Column({ name: 'next_eligible_at', type: 'timestamptz', nullable: true })
  nextEligibleAt: Date | null;
  @Column({ name: 'method', type: 'text', nullable: true })
  method: UnlockMethod | null;
  @Column({ name: 'stage', type: 'text', nullable: true })
  stage: UnlockStage | null;
  @Column({ name: 'attempts_left', type: 'smallint', nullable: true })
  attemptsLeft: number | null;
  /** What the customer read off the handset's lock. */
  @Column({ name: 'lock_read', type: 'text', nullable: true })
  lockRead: LockAsRead | null;
  /** The carrier that a handset from elsewhere is locked to. */
  @Column({ name: 'locked_to', type: 'text', nullable: true })
  lockedTo: string | null;
  @Column({ name: 'calendar', type: 'text', nullable: true })
  calendar: string | null;
  @Column({ name: 'calendar_version', type: 'integer', nullable: true })
  calendarVersion: number | null;
  @Column({ name: 'submitted_at', type: 'timestamptz', default: () => 'now()' })
  submittedAt: Date;
  @Column({ name: 'received_at', type: 'timestamptz', nullable: true })
  receivedAt: Date | null;
  @Column({ name: 'respond_by', type: 'timestamptz', nullable: true })
  respondBy: Date | null;
  @Column({ name: 'resolve_by', type: 'timestamptz', nullable: true })
  resolveBy: Date | null;
  @Column({ name: 'responded_at', type: 'timestamptz', nullable: true })
  respondedAt: Date | null;
  @Column({ name: 'response', type: 'text', nullable: true })
  response: string | null;
  @Column({ name: 'paused_at', type: 'timestamptz', nullable: true })
  pausedAt: Date | null;
  @Column({ name: 'extensions', type: 'smallint', default: () => '0' })
  extensions: number;
  @Column({ name: 'warned', type: 'smallint', default: () => '0' })
  warned: number;
  @Column({ name: 'respond_breached_at', type: 'timestamptz', nullable: true })
  respondBreachedAt: Date | null;
  @Column({ name: 'resolve_breached_at', type: 'timestamptz', nullable: true })
  resolveBreachedAt: Date | null;
  @Column({ name: 'ask_again_at', type: 'timestamptz', nullable: true })
  askAgainAt: Date | null;
  /** How often facts that could not be had were asked for again. */
  @Column({ name: 'looks', type: 'smallint', default: () => '0' })
  looks: number;
  @Column({ name: 'documents_by', type: 'timestamptz', nullable: true })
  documentsBy: Date | null;
  @Column({ name: 'denied_at', type: 'timestamptz', nullable: true })
  deniedAt: Date | null;
  @Column({ name: 'appealed_at', type: 'timestamptz', nullable: true })
  appealedAt: Date | null;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

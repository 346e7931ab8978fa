import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../units/unit-identifier.kinds.js';
import {
  type Destination,
  DESTINATIONS,
  ERASURE_METHODS,
  ERASURE_RESULTS,
  type ErasureMethod,
  type ErasureResult,
  MEDIA_TYPES,
  type MediaType,
  type Verification,
  VERIFICATIONS,
} from './erasure.words.js';

/** Proof of what became of the data on a handset, with the fields that NIST SP 800-88 asks for; never changed. */
@Entity('erasure_certificate')
@Check('erasure_certificate_kind_ck', oneOf('identifier_kind', IDENTIFIER_KINDS))
@Check('erasure_certificate_media_ck', oneOf('media_type', MEDIA_TYPES))
@Check('erasure_certificate_method_ck', oneOf('method', ERASURE_METHODS))
@Check('erasure_certificate_verification_ck', oneOf('verification', VERIFICATIONS))
@Check('erasure_certificate_result_ck', oneOf('result', ERASURE_RESULTS))
@Check('erasure_certificate_destination_ck', oneOf('destination', DESTINATIONS))
@Check('erasure_certificate_destroyed_ck', `method <> 'DESTROY' or destination = 'RECYCLING'`)
@Check(
  'erasure_certificate_report_ck',
  `(method = 'DESTROY' or report_sha256 is not null) and octet_length(report_sha256) = 32`,
)
@Index('erasure_certificate_unit_ix', ['unitId', 'id'])
@Index('erasure_certificate_holding_ix', ['holdingId', 'performedAt', 'id'])
export class ErasureCertificate {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'erasure_certificate_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'erasure_certificate_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @ForeignKey('StockHolding', 'id', { name: 'erasure_certificate_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'maker', type: 'text' })
  maker: string;
  @Column({ name: 'model', type: 'text' })
  model: string;
  @Column({ name: 'identifier_kind', type: 'text' })
  identifierKind: IdentifierKind;
  @Column({ name: 'identifier', type: 'text' })
  identifier: string;
  @Column({ name: 'media_type', type: 'text' })
  mediaType: MediaType;
  @Column({ name: 'source', type: 'text' })
  source: string;
  @Column({ name: 'method', type: 'text' })
  method: ErasureMethod;
  @Column({ name: 'technique', type: 'text' })
  technique: string;
  @Column({ name: 'tool', type: 'text' })
  tool: string;
  @Column({ name: 'tool_version', type: 'text' })
  toolVersion: string;
  @Column({ name: 'verification', type: 'text' })
  verification: Verification;
  @Column({ name: 'result', type: 'text' })
  result: ErasureResult;
  @Column({ name: 'operator', type: 'text' })
  operator: string;
  @Column({ name: 'performed_at', type: 'timestamptz' })
  performedAt: Date;
  @Column({ name: 'place', type: 'text' })
  place: string;
  @Column({ name: 'destination', type: 'text' })
  destination: Destination;
  @Column({ name: 'tool_certificate', type: 'text', nullable: true })
  toolCertificate: string | null;
  @Column({ name: 'report_sha256', type: 'bytea', nullable: true })
  reportSha256: Buffer | null;
  @Column({ name: 'recorded_by', type: 'text' })
  recordedBy: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;
}

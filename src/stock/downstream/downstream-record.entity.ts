import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { type Scheme, SCHEMES, type Stream, STREAMS } from './downstream.words.js';

/** Where a handset went that was not sold to a customer; never changed. */
@Entity('downstream_record')
@Check('downstream_record_stream_ck', oneOf('stream', STREAMS))
@Check('downstream_record_scheme_ck', oneOf('scheme', SCHEMES))
@Check('downstream_record_certificate_ck', `(scheme = 'NONE') = (certificate is null)`)
@Check('downstream_record_recycler_ck', `stream <> 'RECYCLING' or scheme <> 'NONE'`)
@Check('downstream_record_custody_ck', 'erased or sealed_bag is not null')
@Check('downstream_record_proceeds_ck', 'proceeds_minor between 0 and 100000000000')
@Index('downstream_record_holding_key', ['holdingId'], { unique: true })
@Index('downstream_record_location_ix', ['locationId', 'id'])
export class DownstreamRecord {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'downstream_record_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'downstream_record_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @ForeignKey('StockHolding', 'id', { name: 'downstream_record_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'stream', type: 'text' })
  stream: Stream;
  @Column({ name: 'vendor', type: 'text' })
  vendor: string;
  @Column({ name: 'scheme', type: 'text' })
  scheme: Scheme;
  /** Number of the vendor's certificate under the scheme. */
  @Column({ name: 'certificate', type: 'text', nullable: true })
  certificate: string | null;
  @Column({ name: 'left_on', type: 'date' })
  leftOn: string;
  @Column({ name: 'document_reference', type: 'text' })
  documentReference: string;
  /** Whether its data were gone; else it left in sealed custody. */
  @Column({ name: 'erased', type: 'boolean' })
  erased: boolean;
  @Column({ name: 'sealed_bag', type: 'text', nullable: true })
  sealedBag: string | null;
  /** What it stood in the books for. */
  @Column({ name: 'cost_minor', type: 'bigint', nullable: true })
  costMinor: string | null;
  @Column({ name: 'proceeds_minor', type: 'bigint', nullable: true })
  proceedsMinor: string | null;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'recorded_by', type: 'text' })
  recordedBy: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import {
  RESERVATION_PURPOSES,
  RESERVATION_STATES,
  type ReservationPurpose,
  type ReservationState,
} from './reservation.lifecycle.js';

@Entity('reservation')
@Unique('reservation_number_key', ['number'])
@Check('reservation_purpose_ck', oneOf('purpose', RESERVATION_PURPOSES))
@Check('reservation_status_ck', oneOf('status', RESERVATION_STATES))
@Check('reservation_closed_ck', `(status = 'ACTIVE') = (closed_at is null)`)
@Check('reservation_expiry_ck', 'expires_at <= latest_expiry')
@Index('reservation_expiry_ix', ['expiresAt'], { where: `status = 'ACTIVE'` })
@Index('reservation_location_ix', ['locationId', 'id'])
export class Reservation {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'reservation_pk' })
  id: string;
  @Column({ name: 'number', type: 'text' })
  number: string;
  @ForeignKey('StockLocation', 'id', { name: 'reservation_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'purpose', type: 'text' })
  purpose: ReservationPurpose;
  @Column({ name: 'status', type: 'text' })
  status: ReservationState;
  @Column({ name: 'made_by', type: 'text' })
  madeBy: string;
  @Column({ name: 'customer_reference', type: 'text', nullable: true })
  customerReference: string | null;
  @Column({ name: 'made_at', type: 'timestamptz', default: () => 'now()' })
  madeAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
  @Column({ name: 'latest_expiry', type: 'timestamptz' })
  latestExpiry: Date;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('paid_service')
@Check('paid_service_period_ck', 'paid_to >= paid_from')
export class PaidService {
  @ForeignKey('AccountLine', 'id', { name: 'paid_service_line_fk' })
  @PrimaryColumn({ name: 'line_id', type: 'uuid', primaryKeyConstraintName: 'paid_service_pk' })
  lineId: string;
  @PrimaryColumn({ name: 'paid_from', type: 'date', primaryKeyConstraintName: 'paid_service_pk' })
  paidFrom: string;
  @Column({ name: 'paid_to', type: 'date', nullable: true })
  paidTo: string | null;
}

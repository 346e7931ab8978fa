import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('line_usage')
@Check('line_usage_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check('line_usage_period_ck', 'last_seen_on >= first_seen_on')
export class LineUsageRow {
  @PrimaryColumn({ name: 'imei14', type: 'text', primaryKeyConstraintName: 'line_usage_pk' })
  imei14: string;
  @ForeignKey('AccountLine', 'id', { name: 'line_usage_line_fk' })
  @PrimaryColumn({ name: 'line_id', type: 'uuid', primaryKeyConstraintName: 'line_usage_pk' })
  lineId: string;
  @Column({ name: 'first_seen_on', type: 'date' })
  firstSeenOn: string;
  @Column({ name: 'last_seen_on', type: 'date' })
  lastSeenOn: string;
}

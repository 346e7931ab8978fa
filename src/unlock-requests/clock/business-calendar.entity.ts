import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('business_calendar')
@Check('business_calendar_version_ck', 'version > 0')
@Check('business_calendar_cut_off_ck', `cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`)
export class BusinessCalendarRow {
  @PrimaryColumn({ name: 'code', type: 'text', primaryKeyConstraintName: 'business_calendar_pk' })
  code: string;
  @PrimaryColumn({ name: 'version', type: 'integer', primaryKeyConstraintName: 'business_calendar_pk' })
  version: number;
  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;
  @Column({ name: 'weekend', type: 'smallint', array: true })
  weekend: number[];
  @Column({ name: 'holidays', type: 'date', array: true })
  holidays: string[];
  @Column({ name: 'cut_off', type: 'text', nullable: true })
  cutOff: string | null;
  @Column({ name: 'made_by', type: 'text' })
  madeBy: string;
  @Column({ name: 'made_at', type: 'timestamptz', default: () => 'now()' })
  madeAt: Date;
}

import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('price_line')
@Check('price_line_amount_ck', `amount_minor between 1 and 100000000000`)
@Check('price_line_storage_ck', `storage_gb between 0 and 65536`)
@Check('price_line_wanted_ck', `wanted between 0 and 1000000`)
export class PriceLine {
  @ForeignKey('PriceBookVersion', 'id', { name: 'price_line_version_fk' })
  @PrimaryColumn({ name: 'version_id', type: 'uuid', primaryKeyConstraintName: 'price_line_pk' })
  versionId: string;
  @ForeignKey('DeviceModel', 'id', { name: 'price_line_model_fk' })
  @PrimaryColumn({ name: 'model_id', type: 'uuid', primaryKeyConstraintName: 'price_line_pk' })
  modelId: string;
  @PrimaryColumn({ name: 'storage_gb', type: 'integer', primaryKeyConstraintName: 'price_line_pk' })
  storageGb: number;
  @PrimaryColumn({ name: 'carrier_lock', type: 'text', primaryKeyConstraintName: 'price_line_pk' })
  carrierLock: string;
  @PrimaryColumn({ name: 'grade', type: 'text', primaryKeyConstraintName: 'price_line_pk' })
  grade: string;
  @PrimaryColumn({ name: 'functional', type: 'text', primaryKeyConstraintName: 'price_line_pk' })
  functional: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'wanted', type: 'integer', nullable: true })
  wanted: number | null;
}

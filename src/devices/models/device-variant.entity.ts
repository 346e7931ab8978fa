import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

@Entity('device_variant')
@Unique('device_variant_hardware_key', ['modelId', 'makerCode', 'storageGb', 'colour'])
@Check('device_variant_storage_ck', 'storage_gb between 0 and 65536')
export class DeviceVariant {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'device_variant_pk' })
  id: string;
  @ForeignKey('DeviceModel', 'id', { name: 'device_variant_model_fk' })
  @Column({ name: 'model_id', type: 'uuid' })
  modelId: string;
  @Column({ name: 'maker_code', type: 'text' })
  makerCode: string;
  @Column({ name: 'storage_gb', type: 'integer' })
  storageGb: number;
  @Column({ name: 'colour', type: 'text' })
  colour: string;
  @Column({ name: 'bands', type: 'text', array: true, default: () => "'{}'" })
  bands: string[];
}

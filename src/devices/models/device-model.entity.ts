import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { LICENCE_RULES, type LicenceRule, MODEL_LIFECYCLE, type ModelLifecycle } from './device-model.lifecycle.js';

@Entity('device_model')
@Unique('device_model_key_key', ['brandId', 'key'])
@Check('device_model_lifecycle_ck', oneOf('lifecycle', MODEL_LIFECYCLE))
@Check('device_model_licence_rule_ck', oneOf('licence_rule', LICENCE_RULES))
@Check('device_model_licence_ck', '(licence_ends_on is null) = (licence_rule is null)')
@Index('device_model_search_ix', { synchronize: false })
@Index('device_model_compact_ix', { synchronize: false })
@Index('device_model_name_ix', ['name', 'id'])
export class DeviceModel {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'device_model_pk' })
  id: string;
  @ForeignKey('Brand', 'id', { name: 'device_model_brand_fk' })
  @Column({ name: 'brand_id', type: 'uuid' })
  brandId: string;
  @Column({ name: 'name', type: 'text' })
  name: string;
  @Column({ name: 'key', type: 'text' })
  key: string;
  @Column({ name: 'aliases', type: 'text', array: true, default: () => "'{}'" })
  aliases: string[];
  @Column({ name: 'lifecycle', type: 'text' })
  lifecycle: ModelLifecycle;
  @Column({ name: 'announced_on', type: 'date', nullable: true })
  announcedOn: string | null;
  @Column({ name: 'licence_ends_on', type: 'date', nullable: true })
  licenceEndsOn: string | null;
  @Column({ name: 'licence_rule', type: 'text', nullable: true })
  licenceRule: LicenceRule | null;
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;
  @Column({ name: 'search_compact', type: 'text' })
  searchCompact: string;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;
}

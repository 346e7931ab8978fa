import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import {
  SKU_CONDITIONS,
  SKU_GRADES,
  SKU_KINDS,
  type SkuCondition,
  type SkuGrade,
  type SkuKind,
} from './sku.lifecycle.js';

@Entity('sku')
@Unique('sku_code_key', ['code'])
@Check('sku_kind_ck', oneOf('kind', SKU_KINDS))
@Check('sku_device_ck', `(kind = 'DEVICE') = (variant_id is not null)`)
@Check('sku_accessory_ck', `(kind = 'ACCESSORY') = (name is not null)`)
@Check('sku_condition_ck', oneOf('condition', SKU_CONDITIONS))
@Check('sku_grade_ck', oneOf('grade', SKU_GRADES))
@Check('sku_refurbished_ck', `(condition = 'REFURBISHED') = (grade is not null)`)
@Check('sku_used_ck', `condition <> 'USED' or kind = 'DEVICE'`)
@Index('sku_variant_ix', ['variantId'])
@Index('sku_refurbished_key', ['variantId', 'grade'], { unique: true, where: `condition = 'REFURBISHED'` })
@Index('sku_condition_key', ['variantId', 'condition'], { unique: true, where: `condition <> 'REFURBISHED'` })
export class Sku {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'sku_pk' })
  id: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'kind', type: 'text' })
  kind: SkuKind;
  @ForeignKey('DeviceVariant', 'id', { name: 'sku_variant_fk' })
  @Column({ name: 'variant_id', type: 'uuid', nullable: true })
  variantId: string | null;
  @Column({ name: 'name', type: 'text', nullable: true })
  name: string | null;
  @Column({ name: 'condition', type: 'text' })
  condition: SkuCondition;
  @Column({ name: 'grade', type: 'text', nullable: true })
  grade: SkuGrade | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { IDENTIFIER_KINDS, type IdentifierKind } from './unit-identifier.kinds.js';

@Entity('unit_identifier')
@Check('unit_identifier_kind_ck', oneOf('kind', IDENTIFIER_KINDS))
@Check('unit_identifier_imei_ck', `kind <> 'IMEI' or value ~ '^[0-9]{14}$'`)
@Check('unit_identifier_position_ck', 'position in (1, 2)')
@Index('unit_identifier_live_key', ['kind', 'value'], { unique: true, where: 'revoked_at is null' })
export class UnitIdentifier {
  @ForeignKey('StockUnit', 'id', { name: 'unit_identifier_unit_fk' })
  @PrimaryColumn({ name: 'unit_id', type: 'uuid', primaryKeyConstraintName: 'unit_identifier_pk' })
  unitId: string;
  @PrimaryColumn({ name: 'kind', type: 'text', primaryKeyConstraintName: 'unit_identifier_pk' })
  kind: IdentifierKind;
  @PrimaryColumn({ name: 'value', type: 'text', primaryKeyConstraintName: 'unit_identifier_pk' })
  value: string;
  @Column({ name: 'position', type: 'smallint' })
  position: number;
  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}

import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('tac_claim')
@Check('tac_claim_tac_ck', `tac ~ '^[0-9]{8}$'`)
@Check('tac_claim_confidence_ck', 'confidence between 1 and 100')
export class TacClaim {
  @PrimaryColumn({ name: 'tac', type: 'text', primaryKeyConstraintName: 'tac_claim_pk' })
  tac: string;
  @PrimaryColumn({ name: 'source', type: 'text', primaryKeyConstraintName: 'tac_claim_pk' })
  source: string;
  @ForeignKey('DeviceVariant', 'id', { name: 'tac_claim_variant_fk' })
  @PrimaryColumn({ name: 'variant_id', type: 'uuid', primaryKeyConstraintName: 'tac_claim_pk' })
  variantId: string;
  @Column({ name: 'confidence', type: 'smallint' })
  confidence: number;
}

import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('seller')
@Check('seller_identity_ck', `octet_length(identity_key) = 16`)
@Unique('seller_identity_key', ['identityKey'])
@Index('seller_until_ix', ['identityUntil'], { where: `identity_sealed is not null` })
export class Seller {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'seller_pk' })
  id: string;
  @Column({ name: 'identity_key', type: 'bytea' })
  identityKey: Buffer;
  @Column({ name: 'identity_sealed', type: 'bytea', nullable: true })
  identitySealed: Buffer | null;
  @Column({ name: 'born_before', type: 'date' })
  bornBefore: string;
  @Column({ name: 'identity_until', type: 'timestamptz' })
  identityUntil: Date;
  @Column({ name: 'seen_at', type: 'timestamptz', default: () => 'now()' })
  seenAt: Date;
}

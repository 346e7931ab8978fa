import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/**
 * Somebody known again by the paper they show. What the paper says of them lies sealed with each trade-in: who gives a number
 * that is another's changes nothing of what that other has sold.
 */
@Entity('seller')
@Check('seller_identity_ck', `octet_length(identity_key) = 16`)
@Unique('seller_identity_key', ['identityKey'])
export class Seller {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'seller_pk' })
  id: string;
  @Column({ name: 'identity_key', type: 'bytea' })
  identityKey: Buffer;
  @Column({ name: 'born_before', type: 'date' })
  bornBefore: string;
  @Column({ name: 'seen_at', type: 'timestamptz', default: () => 'now()' })
  seenAt: Date;
}

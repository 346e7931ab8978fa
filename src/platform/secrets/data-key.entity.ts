import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key that seals data of one purpose; it is stored only wrapped under a key of the keyring. */
@Entity('data_key')
@Check('data_key_purpose_ck', `purpose ~ '^[a-z][a-z-]{0,39}$'`)
@Index('data_key_active_key', ['purpose'], { unique: true, where: 'retired_at is null' })
export class DataKey {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'data_key_pk' })
  id: string;
  @Column({ name: 'purpose', type: 'text' })
  purpose: string;
  /** The name of the wrapping key in the keyring. */
  @Column({ name: 'wrapped_under', type: 'text' })
  wrappedUnder: string;
  @Column({ name: 'wrapped', type: 'bytea' })
  wrapped: Buffer;
  @Column({ name: 'made_at', type: 'timestamptz', default: () => 'now()' })
  madeAt: Date;
  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  retiredAt: Date | null;
}

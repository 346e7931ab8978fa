import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The last code sent to a request's contact, hashed; it opens the way to the unlock code once. */
@Entity('unlock_one_time_code')
@Check('unlock_one_time_code_tries_ck', 'tries_left between 0 and 5')
export class UnlockOneTimeCode {
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_one_time_code_request_fk' })
  @PrimaryColumn({ name: 'request_id', type: 'uuid', primaryKeyConstraintName: 'unlock_one_time_code_pk' })
  requestId: string;
  @Column({ name: 'code_hash', type: 'bytea' })
  codeHash: Buffer;
  @Column({ name: 'tries_left', type: 'smallint' })
  triesLeft: number;
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}

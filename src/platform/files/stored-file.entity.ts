import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file that lies outside the database: written before its row is used, and gone before its row is. */
@Entity('stored_file')
@Check('stored_file_digest_ck', `octet_length(digest) = 32`)
@Check('stored_file_bytes_ck', `bytes > 0`)
@Check('stored_file_condemned_ck', `condemned_at is null or unused_since is not null`)
@Index('stored_file_unused_ix', ['unusedSince'], { where: `unused_since is not null` })
export class StoredFile {
  @PrimaryColumn({ name: 'digest', type: 'bytea', primaryKeyConstraintName: 'stored_file_pk' })
  digest: Buffer;
  @Column({ name: 'bytes', type: 'integer' })
  bytes: number;
  @Column({ name: 'unused_since', type: 'timestamptz', nullable: true })
  unusedSince: Date | null;
  @Column({ name: 'condemned_at', type: 'timestamptz', nullable: true })
  condemnedAt: Date | null;
}

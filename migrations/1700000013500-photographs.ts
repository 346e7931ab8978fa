import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files kept outside the database, by what is in them; photographs of handsets are the first. */
export class Photographs1700000013500 implements MigrationInterface {
  name = 'Photographs1700000013500';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table stored_file (
        digest bytea not null,
        bytes integer not null,
        unused_since timestamptz,
        condemned_at timestamptz,
        constraint stored_file_pk primary key (digest),
        constraint stored_file_digest_ck check (octet_length(digest) = 32),
        constraint stored_file_bytes_ck check (bytes > 0),
        constraint stored_file_condemned_ck check (condemned_at is null or unused_since is not null)
      );
      create index stored_file_unused_ix on stored_file (unused_since) where unused_since is not null;
      create index trade_in_photograph_taken_ix on trade_in_photograph (taken_at) where erased_at is null;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

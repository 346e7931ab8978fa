import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Handsets that customers bring from other carriers, the bands they are held against, and who wrote a floor down. */
export class BroughtHandsets1700000011000 implements MigrationInterface {
  name = 'BroughtHandsets1700000011000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table network_band (
        band text not null,
        carries text not null,
        note text,
        place smallint not null,
        constraint network_band_pk primary key (band),
        constraint network_band_carries_ck check (carries in ('VOICE_AND_DATA', 'DATA'))
      );

      alter table unlock_floor add column authors text[] not null default '{}';
      alter table unlock_grant add column look_again_at timestamptz;

      alter table unlock_request
        add column lock_read text,
        add column locked_to text,
        add column looks smallint not null default 0,
        add constraint unlock_request_lock_read_ck check (lock_read in ('UNLOCKED', 'LOCKED', 'HARD_LOCKED'));

      alter table unlock_request drop constraint unlock_request_status_ck;
      alter table unlock_request add constraint unlock_request_status_ck check (status in (
        'PENDING_CONFIRMATION', 'RECEIVED', 'EVALUATING', 'AWAITING_DOCUMENTS', 'UNDER_REVIEW', 'APPROVED',
        'FULFILLING', 'ACTION_REQUIRED', 'CODE_FAILED', 'FULFILMENT_FAILED', 'DENIED', 'COMPLETED',
        'COMPLETED_UNVERIFIED', 'EXPIRED', 'CANCELLED', 'CLOSED_NO_RESPONSE', 'REVOKED'));

      -- Counted once a request is confirmed: else anybody could shut an owner out by asking for their handset.
      delete from unlock_cap where scope = 'IMEI' and action = 'SUBMIT';
      insert into unlock_cap (scope, action, span, soft, hard) values
        ('AGENT', 'ASK', 'HOUR', 40, 100), ('AGENT', 'ASK', 'DAY', 150, 400), ('STORE', 'ASK', 'DAY', 300, 1000),
        ('IMEI', 'ASK', 'DAY', null, 20);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

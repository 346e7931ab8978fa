import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The clocks of requests: what is nearly due, what is overdue, and how a month went. */
export class Clock1700000009500 implements MigrationInterface {
  name = 'Clock1700000009500';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index unlock_request_answering_ix on unlock_request (respond_by)
        where responded_at is null and respond_breached_at is null and paused_at is null and status in (
          'RECEIVED', 'EVALUATING', 'AWAITING_DOCUMENTS', 'UNDER_REVIEW', 'APPROVED', 'FULFILLING', 'ACTION_REQUIRED',
          'CODE_FAILED', 'FULFILMENT_FAILED');
      create index unlock_request_settling_ix on unlock_request (resolve_by)
        where resolve_breached_at is null and paused_at is null and status in (
          'RECEIVED', 'EVALUATING', 'AWAITING_DOCUMENTS', 'UNDER_REVIEW', 'APPROVED', 'FULFILLING', 'ACTION_REQUIRED',
          'CODE_FAILED', 'FULFILMENT_FAILED');
      create index unlock_request_received_ix on unlock_request (received_at) where received_at is not null;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

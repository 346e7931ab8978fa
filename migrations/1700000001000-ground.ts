import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every act stands on: idempotency, history with its audit chains, and the outbox. */
export class Ground1700000001000 implements MigrationInterface {
  name = 'Ground1700000001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table idempotency_key (
        principal text not null,
        key text not null,
        operation text not null,
        request_hash bytea not null,
        status smallint,
        body text,
        created_at timestamptz not null default now(),
        constraint idempotency_key_pk primary key (principal, key),
        constraint idempotency_key_length_ck check (char_length(key) between 8 and 255)
      );
      create index idempotency_key_age_ix on idempotency_key (created_at);

      create table history (
        id uuid not null,
        subject_kind text not null,
        subject_id uuid not null,
        act text not null,
        from_state text,
        to_state text,
        reason text,
        details jsonb not null default '{}',
        actor text not null,
        actor_role text not null,
        location_id uuid,
        correlation_id text not null,
        occurred_at timestamptz not null default now(),
        chain text,
        chain_seq bigint,
        hash bytea,
        constraint history_pk primary key (id),
        constraint history_chain_key unique (chain, chain_seq),
        constraint history_chain_ck check ((chain is null) = (hash is null) and (chain is null) = (chain_seq is null))
      );
      create index history_subject_ix on history (subject_id, occurred_at);

      create table audit_chain (
        chain text not null,
        seq bigint not null,
        head bytea not null,
        constraint audit_chain_pk primary key (chain)
      );

      create table outbox_event (
        id uuid not null,
        type text not null,
        aggregate_kind text not null,
        aggregate_id uuid not null,
        location_id uuid,
        payload jsonb not null,
        correlation_id text not null,
        occurred_at timestamptz not null default now(),
        delivered_at timestamptz,
        constraint outbox_event_pk primary key (id)
      );
      create index outbox_event_due_ix on outbox_event (occurred_at, id) where delivered_at is null;

      create function refuse_rewriting() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end $$;
      create trigger history_append_only before update or delete on history
        for each row execute function refuse_rewriting();
      create trigger history_no_truncate before truncate on history
        for each statement execute function refuse_rewriting();

      create function history_hash(h history, previous bytea) returns bytea language sql immutable as $$
        select sha256(previous || convert_to(concat_ws(chr(31),
          h.id, h.chain, h.chain_seq, h.subject_kind, h.subject_id, h.act, coalesce(h.from_state, '-'),
          coalesce(h.to_state, '-'), coalesce(h.reason, '-'), h.details::text, h.actor, h.actor_role,
          coalesce(h.location_id::text, '-'), h.correlation_id, extract(epoch from h.occurred_at)::text), 'UTF8'))
      $$;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

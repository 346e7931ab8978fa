import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { SCHEMA } from '../../src/app.module.js';

/** What entities cannot say and only the migrations make. Every line of it must be there, and no other. */
const ONLY_IN_MIGRATIONS = [
  "constraint price_book_version.price_book_version_window_excl EXCLUDE USING gist (book_id WITH =, tstzrange(effective_from, effective_to) WITH &&) WHERE ((status = 'ACTIVE'::text))",
  "constraint trade_in_rule.trade_in_rule_window_excl EXCLUDE USING gist (kind WITH =, code WITH =, tstzrange(effective_from, effective_to) WITH &&) WHERE ((status = 'PUBLISHED'::text))",
  "constraint unlock_policy.unlock_policy_window_excl EXCLUDE USING gist (jurisdiction WITH =, COALESCE(brand, ''::text) WITH =, segment WITH =, daterange(effective_from, effective_to, '[]'::text) WITH &&) WHERE ((status = 'PUBLISHED'::text))",
  'extension btree_gist',
  'extension pg_trgm',
  'function history_hash(h history, previous bytea)',
  'function keep_quote_word()',
  'function keep_what_was_written()',
  'function refuse_rewriting()',
  'index CREATE INDEX device_model_compact_ix ON public.device_model USING gin (search_compact gin_trgm_ops)',
  'index CREATE INDEX device_model_search_ix ON public.device_model USING gin (search_text gin_trgm_ops)',
  "index CREATE INDEX price_book_version_window_excl ON public.price_book_version USING gist (book_id, tstzrange(effective_from, effective_to)) WHERE (status = 'ACTIVE'::text)",
  'index CREATE INDEX stock_movement_ledger_ix ON public.stock_movement USING btree (location_id, sku_id, occurred_at) INCLUDE (on_hand, free)',
  "index CREATE INDEX trade_in_rule_window_excl ON public.trade_in_rule USING gist (kind, code, tstzrange(effective_from, effective_to)) WHERE (status = 'PUBLISHED'::text)",
  "index CREATE INDEX unlock_policy_window_excl ON public.unlock_policy USING gist (jurisdiction, COALESCE(brand, ''::text), segment, daterange(effective_from, effective_to, '[]'::text)) WHERE (status = 'PUBLISHED'::text)",
  'trigger CREATE TRIGGER diagnostic_report_append_only BEFORE DELETE OR UPDATE ON public.diagnostic_report FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER downstream_record_append_only BEFORE DELETE OR UPDATE ON public.downstream_record FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER erasure_certificate_append_only BEFORE DELETE OR UPDATE ON public.erasure_certificate FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER erasure_certificate_no_truncate BEFORE TRUNCATE ON public.erasure_certificate FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER history_append_only BEFORE DELETE OR UPDATE ON public.history FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON public.history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()',
  "trigger CREATE TRIGGER law_enforcement_request_keeps BEFORE DELETE OR UPDATE ON public.law_enforcement_request FOR EACH ROW EXECUTE FUNCTION keep_what_was_written('status', 'answer', 'answered_by', 'answered_at', 'hold_lifted_at', 'hold_lifted_by')",
  'trigger CREATE TRIGGER line_payment_append_only BEFORE DELETE OR UPDATE ON public.line_payment FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER line_payment_no_truncate BEFORE TRUNCATE ON public.line_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER money_entry_append_only BEFORE DELETE OR UPDATE ON public.money_entry FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER money_entry_no_truncate BEFORE TRUNCATE ON public.money_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()',
  "trigger CREATE TRIGGER police_report_batch_keeps BEFORE DELETE OR UPDATE ON public.police_report_batch FOR EACH ROW EXECUTE FUNCTION keep_what_was_written('content_sealed')",
  "trigger CREATE TRIGGER police_report_keeps BEFORE DELETE OR UPDATE ON public.police_report FOR EACH ROW EXECUTE FUNCTION keep_what_was_written('status', 'batch_id', 'sent_at', 'released_at', 'released_by', 'release_authority')",
  'trigger CREATE TRIGGER refurb_cost_append_only BEFORE DELETE OR UPDATE ON public.refurb_cost FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER registry_check_append_only BEFORE DELETE OR UPDATE ON public.registry_check FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER stock_movement_append_only BEFORE DELETE OR UPDATE ON public.stock_movement FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER stock_movement_no_truncate BEFORE TRUNCATE ON public.stock_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER trade_in_check_append_only BEFORE DELETE OR UPDATE ON public.trade_in_check FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER trade_in_inspection_append_only BEFORE DELETE OR UPDATE ON public.trade_in_inspection FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER trade_in_message_append_only BEFORE DELETE OR UPDATE ON public.trade_in_message FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
  'trigger CREATE TRIGGER trade_in_quote_keeps_word BEFORE DELETE OR UPDATE ON public.trade_in_quote FOR EACH ROW EXECUTE FUNCTION keep_quote_word()',
  'trigger CREATE TRIGGER unlock_decision_append_only BEFORE DELETE OR UPDATE ON public.unlock_decision FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()',
];

/** Everything a schema consists of, one line each: of tables of our own, without what belongs to an extension. */
const DUMP = `
  with ours as (
    select c.oid, c.relname, c.relkind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relname not in ('migrations', 'migrations_id_seq', 'typeorm_metadata')
  )
  select format('column %s.%s %s%s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
                case when attnotnull then ' not null' else '' end,
                ' default ' || coalesce(pg_get_expr(adbin, adrelid), 'none'),
                case attidentity when '' then '' else ' identity' end,
                case attgenerated when '' then '' else ' generated' end) as line
  from ours join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relkind in ('r', 'p', 'v', 'm')
  union all
  select format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(c.oid))
  from ours join pg_constraint c on conrelid = ours.oid where contype <> 'n'
  union all
  select 'index ' || pg_get_indexdef(indexrelid) from ours join pg_index on indrelid = ours.oid
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) from ours join pg_trigger t on tgrelid = ours.oid where not tgisinternal
  union all
  select format('%s %s', case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'view' else 'table' end, relname)
  from ours where relkind in ('r', 'p', 'S', 'v', 'm')
  union all
  select format('function %s(%s)', proname, pg_get_function_arguments(p.oid)) from pg_proc p
  where pronamespace = 'public'::regnamespace
    and not exists (select 1 from pg_depend where objid = p.oid and deptype = 'e')
  union all
  select format('type %s', typname) from pg_type t
  where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
    and not exists (select 1 from pg_depend where objid = t.oid and deptype = 'e')
  union all
  select 'extension ' || extname from pg_extension where extname <> 'plpgsql'`;

const admin = process.env.TEST_PG_ADMIN!;
const options = (database: string): DataSourceOptions => {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return {
    type: 'postgres',
    url: url.href,
    entities: SCHEMA.entities,
    migrations: SCHEMA.migrations,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
  };
};

/** The lines of the schema that `make` builds in a database of its own. */
async function schemaMadeBy(make: (db: DataSource) => Promise<unknown>): Promise<string[]> {
  const name = `drift_${randomUUID().replaceAll('-', '')}`;
  const server = await new DataSource({ type: 'postgres', url: admin }).initialize();
  await server.query(`create database ${name} template template0`);
  try {
    const db = await new DataSource(options(name)).initialize();
    try {
      await make(db);
      const lines: { line: string }[] = await db.query(DUMP);
      return lines.map(({ line }) => line).sort();
    } finally {
      await db.destroy();
    }
  } finally {
    await server.query(`drop database ${name} with (force)`);
    await server.destroy();
  }
}

describe('the schema of the migrations and the schema of the entities', () => {
  let migrated: string[];
  let synchronized: string[];
  beforeAll(async () => {
    migrated = await schemaMadeBy((db) => db.runMigrations({ transaction: 'each' }));
    synchronized = await schemaMadeBy((db) => db.synchronize());
  });

  it('has every line of the entities in the migrations', () => {
    expect(synchronized.filter((line) => !migrated.includes(line))).toEqual([]);
  });

  it('has nothing in the migrations that the entities do not say, but for the named extras', () => {
    expect(migrated.filter((line) => !synchronized.includes(line))).toEqual(ONLY_IN_MIGRATIONS);
  });

  it('is the schema of a house, not of nothing', () => {
    expect(migrated.filter((line) => line.startsWith('table '))).toHaveLength(93);
  });
});

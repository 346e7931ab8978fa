import { sqlState } from '../../platform/database-trouble.js';
import { log } from '../../platform/log.js';
import { instant } from '../../platform/statement.js';
import type { EntityManager } from 'typeorm';
import type { ListingReason, Registries, RegistryAnswer, RegistryStatus } from '../registry-answer.js';
import type { DeviceCheck } from './device-check.js';
import type { HttpRegistry } from './http-registry.js';

type Database = Pick<EntityManager, 'query'>;

interface Standing {
  own: RegistryStatus;
  reasons: ListingReason[];
  /** What the other registry answered lately; null when it has to be asked. */
  fresh: RegistryAnswer | null;
}

/** The lists kept here, and the registry of others when there is one: its answers are taken for a while. */
export class AllRegistries implements Registries {
  constructor(
    private readonly db: Database,
    private readonly freshMinutes: number,
    private readonly other?: HttpRegistry,
  ) {}

  async check(imei14s: readonly string[]): Promise<RegistryAnswer[][]> {
    if (!imei14s.length) return [];
    const checkedAt = new Date().toISOString();
    const standing = await this.standing(imei14s);
    const own = standing.map(({ own: status, reasons }) => ({ source: 'own', status, reasons, checkedAt }));
    if (!this.other) return own.map((answer) => [answer]);
    const others = await this.ofOther(this.other, imei14s, standing);
    return own.map((answer, at) => [answer, others[at]!]);
  }

  /** One statement, however many devices. A database that does not answer makes nothing clean. */
  private async standing(imei14s: readonly string[]): Promise<Standing[]> {
    try {
      return await this.db.query(STANDING, [imei14s, this.other?.source ?? null, this.freshMinutes]);
    } catch (failed) {
      log.error({ state: sqlState(failed) }, 'the lists kept here cannot be read');
      return imei14s.map(() => ({ own: 'UNKNOWN', reasons: [], fresh: null }));
    }
  }

  private async ofOther(
    other: HttpRegistry,
    imei14s: readonly string[],
    standing: readonly Standing[],
  ): Promise<RegistryAnswer[]> {
    const asked = [...new Set(imei14s.filter((_, at) => !standing[at]!.fresh))];
    const checks = await other.check(asked);
    const checkedAt = new Date().toISOString();
    const answers = new Map(asked.map((imei14, at) => [imei14, checks[at]!]));
    await this.keep(other.source, checkedAt, answers);
    return imei14s.map(
      (imei14, at) => standing[at]!.fresh ?? { source: other.source, ...answers.get(imei14)!, checkedAt },
    );
  }

  /** What could not be answered is asked again next time. */
  private async keep(source: string, checkedAt: string, answers: ReadonlyMap<string, DeviceCheck>): Promise<void> {
    const known = [...answers].filter(([, { status }]) => status !== 'UNKNOWN');
    if (!known.length || this.freshMinutes === 0) return;
    const rows = known.map(([imei14, check]) => ({ imei14, ...check }));
    try {
      await this.db.query(KEEP, [JSON.stringify(rows), source, checkedAt]);
    } catch (failed) {
      log.warn({ state: sqlState(failed) }, 'answers of the registry cannot be kept');
    }
  }
}

/**
 * What the own lists say of each device, and what the other registry said lately.
 * $1 devices, $2 the other registry or null, $3 minutes for which its answers are taken
 */
export const STANDING = `
  select case when own.blocked then 'BLOCKED' when own.listed then 'CLAIMED' else 'CLEAN' end as own,
    coalesce(own.reasons, '[]') as reasons,
    case when r.imei14 is not null then jsonb_build_object('source', r.source, 'status', r.status,
      'reasons', to_jsonb(r.reasons), 'checkedAt', ${instant('r.checked_at')}) end as fresh
  from unnest($1::text[]) with ordinality as q (imei14, n)
  cross join lateral (
    select coalesce(bool_or(e.list = 'BLOCK' and not e.pending), false) as blocked, count(*) > 0 as listed,
      jsonb_agg(distinct e.reason order by e.reason) as reasons
    from block_entry e where e.imei14 = q.imei14 and e.lifted_at is null) own
  left join lateral (
    select * from registry_answer a where a.imei14 = q.imei14 and a.source = $2
      and a.checked_at > now() - $3::int * interval '1 minute' limit 1) r on true
  order by q.n`;

/** An older answer never takes the place of a newer one. */
const KEEP = `
  insert into registry_answer as a (imei14, source, status, reasons, checked_at)
  select g.imei14, $2, g.status, array(select jsonb_array_elements_text(g.reasons)), $3::timestamptz
  from jsonb_to_recordset($1::jsonb) as g (imei14 text, status text, reasons jsonb) order by g.imei14
  on conflict (imei14, source) do update
    set status = excluded.status, reasons = excluded.reasons, checked_at = excluded.checked_at
    where a.checked_at < excluded.checked_at`;

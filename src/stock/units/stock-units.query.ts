import type { EntityManager } from 'typeorm';
import { Conditions, type Statement } from '../../platform/statement.js';
import { moment, momentOrNull } from '../../values/views.js';
import { LIVE_ENCUMBRANCE } from '../holds/ended-holds.js';
import { type GradeProfile, retailGrade } from '../standards/grade-profile.js';
import { possibleHoldingActs } from './stock-holding.lifecycle.js';
import type { EncumbranceView, HoldingView, StockUnitView, UnitIdentifierView } from './stock-unit.view.js';
import { shownIdentifier } from './unit-finder.js';

interface UnitRow {
  id: string;
  variant_id: string;
  version: number;
  holding: Omit<HoldingView, 'receivedAt' | 'closedAt' | 'reservedUntil'>;
  received_at: Date;
  closed_at: Date | null;
  reserved_until: Date | null;
  identifiers: UnitIdentifierView[];
  encumbrances: EncumbranceView[];
}

const UNIT_COLUMNS = `u.id, u.variant_id, h.version, h.received_at, h.closed_at, h.reserved_until,
  json_build_object('id', h.id, 'skuId', h.sku_id, 'locationId', h.location_id, 'disposition', h.disposition,
    'provenance', h.provenance, 'costMinor', h.cost_minor, 'currency', h.currency, 'cosmetic', h.cosmetic,
    'functional', h.functional, 'batteryPct', h.battery_pct, 'lockState', h.lock_state, 'erasure', h.erasure,
    'kitComplete', h.kit_complete, 'warrantyDays', h.warranty_days, 'disclosure', h.disclosure,
    'gradeProfile', h.grade_profile, 'sealedBag', h.sealed_bag) as holding,
  (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value, 'position', i.position)
     order by i.kind, i.position), '[]') from unit_identifier i where i.unit_id = u.id and i.revoked_at is null) as identifiers,
  (select coalesce(json_agg(json_build_object('kind', e.kind, 'reason', e.reason, 'placedAt', e.placed_at, 'placedBy', e.placed_by,
     'until', e.until)
     order by e.placed_at), '[]') from unit_encumbrance e where e.unit_id = u.id and ${LIVE_ENCUMBRANCE}) as encumbrances`;

/** One unit with its present holding, or the last; the open one is the present one whatever the clocks said; undefined when there is none or it is another store's. */
export async function readUnit(
  db: Pick<EntityManager, 'query'>,
  store: string | null,
  id: string,
): Promise<UnitRow | undefined> {
  const [row]: UnitRow[] = await db.query(
    `select ${UNIT_COLUMNS} from stock_unit u
     join lateral (select * from stock_holding where unit_id = u.id order by closed_at is null desc, received_at desc, id desc limit 1) h on true
     where u.id = $1 and ($2::uuid is null or h.location_id = $2)`,
    [id, store],
  );
  return row;
}

/** The unit as clients see it, of which the act that has just changed it knows that it is there. */
export async function shownUnit(
  db: Pick<EntityManager, 'query'>,
  profile: GradeProfile,
  id: string,
): Promise<StockUnitView> {
  return unitView((await readUnit(db, null, id))!, profile);
}

/** Units in stock, in the order of their holdings. */
export function unitsPage(
  only: { locationId?: string; skuId?: string; disposition?: string; after?: string },
  rows: number,
): Statement {
  const conditions = new Conditions()
    .always('h.closed_at is null')
    .only(only.locationId, (place) => `h.location_id = ${place}`)
    .only(only.skuId, (place) => `h.sku_id = ${place}`)
    .only(only.disposition, (place) => `h.disposition = ${place}`)
    .only(only.after, (place) => `h.id > ${place}`);
  const sql = `select ${UNIT_COLUMNS} from stock_holding h join stock_unit u on u.id = h.unit_id
    where ${conditions.toString()} order by h.id limit ${conditions.add(rows)}`;
  return { sql, parameters: conditions.parameters };
}

export type { UnitRow };

export function unitView(row: UnitRow, profile: GradeProfile): StockUnitView {
  const { holding } = row;
  return {
    id: row.id,
    variantId: row.variant_id,
    identifiers: row.identifiers.map((one) => ({ ...one, value: shownIdentifier(one.kind, one.value) })),
    holding: {
      ...holding,
      receivedAt: moment(row.received_at),
      closedAt: momentOrNull(row.closed_at),
      reservedUntil: momentOrNull(row.reserved_until),
    },
    encumbrances: row.encumbrances.map((one) => ({
      ...one,
      placedAt: moment(new Date(one.placedAt)),
      until: one.until === null ? null : moment(new Date(one.until)),
    })),
    reachesGrade:
      holding.cosmetic === null || holding.functional === null
        ? null
        : retailGrade(profile, { ...holding, cosmetic: holding.cosmetic, functional: holding.functional }),
    possibleActs: possibleHoldingActs(holding.disposition),
    version: row.version,
  };
}

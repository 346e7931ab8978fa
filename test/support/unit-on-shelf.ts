import type { Answer, Client } from './client.js';
import type { MadeSku, MadeUnit } from './make.js';
import type { Shop } from './shop.js';

export interface Unit {
  id: string;
  holding: Record<string, unknown> & { id: string; disposition: string };
  encumbrances: { kind: string; reason: string; placedBy: string }[];
  reachesGrade: string | null;
  possibleActs: string[];
  version: number;
}

/** What the bench finds of a handset that may be sold. */
export const BENCH = {
  ...{ cosmetic: 'B', functional: 1, batteryPct: 88, lockState: 'UNLOCKED', liquidDamage: false, partsOriginal: true },
  ...{ erasure: 'PASS', erasureCertificate: 'WIPE-0001', kitComplete: true },
};

/** What a tool certifies that has erased a handset. */
export const ERASED = {
  ...{ mediaType: 'EMMC', source: 'Handed in by its owner', method: 'PURGE', technique: 'Cryptographic erase' },
  ...{ tool: 'Wiper', toolVersion: '5.1', verification: 'TOOL_REPORT', result: 'PASS', operator: 'Ann Other' },
  ...{ performedAt: new Date().toISOString(), place: 'Bench 2', destination: 'RESALE', toolCertificate: 'WIPE-0001' },
  reportSha256: 'ab'.repeat(32),
};

export interface UnitOnShelf extends MadeUnit {
  locationId: string;
  sku: MadeSku;
  till: Client;
  act(name: string, body?: object, headers?: Record<string, string>, client?: Client): Promise<Answer<Unit>>;
  show(): Promise<Unit>;
  events(): Promise<unknown[][]>;
}

/** A store with one unit that stands like this, and a till there. */
export async function unitOn(shop: Shop, disposition: string, over: object = {}): Promise<UnitOnShelf> {
  const locationId = await shop.make.location();
  const sku = await shop.make.sku();
  const unit = await shop.make.unit(sku, locationId, { disposition, ...over });
  const till = await shop.associate(locationId);
  const office = await shop.backOffice();
  const act: UnitOnShelf['act'] = (name, body = {}, headers = {}, client = till) =>
    client.post<Unit>(`/v1/stock-units/${unit.unitId}/${name}`, body, { headers });
  const show = async () => (await office.get<Unit>(`/v1/stock-units/${unit.unitId}`)).body;
  const events = async () => {
    const { rows } = await shop.db.query<{ type: string; payload: object }>(
      'select type, payload from outbox_event where aggregate_id = $1 order by occurred_at',
      [unit.unitId],
    );
    return rows.map(({ type, payload }) => [type, payload]);
  };
  return { locationId, sku, ...unit, till, act, show, events };
}

export const lastAct = (shop: Shop, unitId: string) =>
  shop.one(
    `select act, from_state, to_state, reason, actor, hash is not null as hashed from history where subject_id = $1
     order by occurred_at desc limit 1`,
    [unitId],
  );

/** A unit that we had, and that went to a customer in January. */
export async function unitSold(shop: Shop, sku: MadeSku, locationId: string): Promise<MadeUnit> {
  const gone = { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' };
  const unit = await shop.make.unit(sku, locationId, gone);
  await shop.db.query(
    `insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition, actor,
       correlation_id)
     select gen_random_uuid(), location_id, sku_id, unit_id, id, 'HANDED_OVER', -1, 0, 'SOLD', 'test', 'test'
     from stock_holding where id = $1`,
    [unit.holdingId],
  );
  return unit;
}

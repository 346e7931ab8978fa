import type { EntityManager } from 'typeorm';
import { LATEST_CERTIFICATE } from '../erasure/certified.js';
import { LIVE_ENCUMBRANCE } from '../holds/ended-holds.js';
import { LIVE_PROFILE } from '../standards/standards.js';
import type { GateFacts } from '../units/gate.js';
import { isSecondHand, type Provenance } from '../units/unit-condition.js';
import type { RegistryWord } from './registry-word.js';

/** How old the word of the registries may be. */
const FRESH_HOURS = 24;

interface Row extends Omit<GateFacts, 'costMinor' | 'secondHand'> {
  costMinor: string | null;
  provenance: Provenance;
  certificate: 'PASS' | 'FAIL' | null;
  gradedByLiveProfile: boolean;
  fresh: boolean;
  withoutImei: boolean;
}

/** What the gate looks at, of a holding that is locked. */
export async function gateFacts(tx: EntityManager, holdingId: string, word: RegistryWord | null): Promise<GateFacts> {
  const [row]: Row[] = await tx.query(FACTS, [holdingId, word?.checkedAt ?? null]);
  const { provenance, certificate, gradedByLiveProfile, fresh, withoutImei, costMinor, ...facts } = row!;
  const said = word && fresh ? word.status : null;
  const blockList = withoutImei ? 'NO_IMEI' : said;
  return {
    ...facts,
    costMinor: costMinor === null ? null : Number(costMinor),
    secondHand: isSecondHand(provenance) ? { certificate, blockList, gradedByLiveProfile } : null,
  };
}

/** $1 holding, $2 when the registries gave their word, or null */
const FACTS = `
  select s.condition, s.grade, h.cosmetic, h.functional, h.battery_pct as "batteryPct", h.lock_state as "lockState",
         h.erasure, h.cost_minor as "costMinor", h.kit_complete as "kitComplete", h.warranty_days as "warrantyDays",
         h.disclosure, h.provenance, ${LATEST_CERTIFICATE} as certificate,
         h.grade_profile is not distinct from ${LIVE_PROFILE} as "gradedByLiveProfile",
         coalesce($2::timestamptz > now() - interval '${FRESH_HOURS} hours', false) as fresh,
         not exists (select from unit_identifier i
                     where i.unit_id = h.unit_id and i.kind = 'IMEI' and i.revoked_at is null) as "withoutImei",
         array(select e.kind from unit_encumbrance e where e.unit_id = h.unit_id and ${LIVE_ENCUMBRANCE}) as encumbrances
  from stock_holding h join sku s on s.id = h.sku_id where h.id = $1`;

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { instant } from '../../platform/statement.js';
import { tacOf } from '../../values/check-digits.js';
import { possibleHoldingActs, type HoldingDisposition } from '../units/stock-holding.lifecycle.js';
import { readIdentifier, shownIdentifier } from '../units/unit-finder.js';
import type { IdentifyDeviceDto } from './identification.dto.js';
import type { IdentificationView, KnownUnitView, VariantCandidateView } from './identification.view.js';

/**
 * Everything known of an identifier, in one statement: our own books first, then what TAC lists claim.
 * $1 kind, $2 value, $3 TAC or null
 */
export const IDENTIFY = `
  with known as (
    select i.unit_id, u.variant_id from unit_identifier i join stock_unit u on u.id = i.unit_id
    where i.kind = $1 and i.value = $2 and i.revoked_at is null
  ), claims as (
    select variant_id, max(confidence)::int as confidence, array_agg(source order by confidence desc, source) as sources
    from (select variant_id, confidence, source from tac_claim where tac = $3
          union all select variant_id, 100, 'OUR_STOCK' from known) c
    group by variant_id
  )
  select
    (select json_agg(c order by c.confidence desc, c.brand, c.model, c."makerCode", c."storageGb", c.colour) from (
       select v.id as "variantId", m.id as "modelId", b.name as brand, m.name as model, v.maker_code as "makerCode",
              v.storage_gb as "storageGb", v.colour, c.sources, c.confidence
       from claims c join device_variant v on v.id = c.variant_id join device_model m on m.id = v.model_id
       join brand b on b.id = m.brand_id
       order by c.confidence desc, v.id limit 100) c) as candidates,
    (select json_build_object('unitId', k.unit_id, 'skuId', h.sku_id, 'locationId', h.location_id,
              'disposition', case when h.disposition = 'RESERVED' and h.reserved_until <= now() then 'AVAILABLE' else h.disposition end,
              'receivedAt', ${instant('h.received_at')}, 'closedAt', ${instant('h.closed_at')},
              'timesHeld', (select count(*) from stock_holding where unit_id = k.unit_id),
              'encumbrances', (select coalesce(json_agg(e.kind order by e.kind), '[]') from unit_encumbrance e
                               where e.unit_id = k.unit_id and e.lifted_at is null))
     from known k
     join lateral (select * from stock_holding where unit_id = k.unit_id order by closed_at is null desc, received_at desc, id desc limit 1) h on true) as unit`;

@Injectable()
export class IdentificationService {
  constructor(private readonly db: DataSource) {}

  /** Tells what a handset is, whether it is or was ours, and what may be done with it. @throws InvalidInput */
  async identify(caller: Caller, { identifier }: IdentifyDeviceDto): Promise<IdentificationView> {
    const { kind, value } = readIdentifier(identifier, '/identifier');
    const tac = kind === 'IMEI' ? tacOf(value) : null;
    const [found]: { candidates: VariantCandidateView[] | null; unit: KnownUnitView | null }[] = await this.db.query(
      IDENTIFY,
      [kind, value, tac],
    );
    const candidates = found?.candidates ?? [];
    const unit = caller.scopes.has('stock:read') && found?.unit ? knownUnit(caller, found.unit) : null;
    return { kind, identifier: shownIdentifier(kind, value), tac, verified: candidates.length > 0, candidates, unit };
  }
}

function knownUnit(caller: Caller, unit: KnownUnitView): KnownUnitView {
  const mine = !caller.storeId || caller.storeId === unit.locationId;
  return {
    ...unit,
    possibleActs: mine ? possibleHoldingActs(unit.disposition as HoldingDisposition) : [],
  };
}

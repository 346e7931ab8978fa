import type { EntityManager } from 'typeorm';
import type { Arrival } from './arrivals.js';
import type { ReceiptWarningView } from './receipt.view.js';

interface Contradicted {
  tac: string;
  model_id: string;
  known_as: string;
}

/**
 * Handsets whose TAC is known, but for no hardware of the model they are received as. TAC lists contradict each other
 * and the makers: this is advice to look at the box again, never a refusal.
 */
export async function tacWarnings(tx: EntityManager, arrivals: readonly Arrival[]): Promise<ReceiptWarningView[]> {
  const imeis = arrivals.flatMap(({ line, sku }) =>
    line.identifiers
      .filter(({ kind }) => kind === 'IMEI')
      .map(({ value, field }) => ({ at: line.at, field, tac: value.slice(0, 8), modelId: sku.model_id! })),
  );
  if (!imeis.length) return [];
  const found: Contradicted[] = await tx.query(CONTRADICTED, [
    imeis.map(({ tac }) => tac),
    imeis.map(({ modelId }) => modelId),
  ]);
  const byTac = new Map(found.map((one) => [`${one.tac} ${one.model_id}`, one.known_as]));
  return imeis.flatMap(({ at, field, tac, modelId }) => {
    const knownAs = byTac.get(`${tac} ${modelId}`);
    if (knownAs === undefined) return [];
    const detail = `TAC ${tac} is known as ${knownAs}, not as the model of this SKU.`.slice(0, 500);
    return [{ pointer: `/units/${at}/${field}`, code: 'TAC_OF_ANOTHER_MODEL' as const, detail }];
  });
}

const CONTRADICTED = `
  select given.tac, given.model_id, string_agg(distinct b.name || ' ' || m.name, ', ') as known_as
  from (select distinct tac, model_id from unnest($1::text[], $2::uuid[]) as g (tac, model_id)) given
  join tac_claim t on t.tac = given.tac
  join device_variant v on v.id = t.variant_id
  join device_model m on m.id = v.model_id
  join brand b on b.id = m.brand_id
  group by given.tac, given.model_id
  having not bool_or(v.model_id = given.model_id)`;

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What hardware a TAC may stand for, and who says so. */
export interface TacCandidate {
  variantId: string;
  modelId: string;
  brand: string;
  model: string;
  makerCode: string;
  storageGb: number;
  colour: string;
  /** Those who say so, the surest first. */
  sources: string[];
  /** How sure the surest of them is, 1 to 100. */
  confidence: number;
}

const MOST_CANDIDATES = 100;

/** What the first eight digits of an IMEI tell. TAC lists contradict each other: an answer is advice, not proof. */
@Injectable()
export class TacLookup {
  constructor(private readonly db: DataSource) {}

  /** The hardware a TAC may stand for, the likeliest first; none for a TAC that no source knows. */
  candidates(tac: string): Promise<TacCandidate[]> {
    return this.db.query(
      `select v.id as "variantId", m.id as "modelId", b.name as brand, m.name as model, v.maker_code as "makerCode",
              v.storage_gb as "storageGb", v.colour, t.sources, t.confidence
       from (select variant_id, max(confidence)::int as confidence,
                    array_agg(source order by confidence desc, source) as sources
             from tac_claim where tac = $1 group by variant_id) t
       join device_variant v on v.id = t.variant_id
       join device_model m on m.id = v.model_id
       join brand b on b.id = m.brand_id
       order by t.confidence desc, cardinality(t.sources) desc, b.name, m.name, v.maker_code, v.storage_gb, v.colour, v.id
       limit $2`,
      [tac, MOST_CANDIDATES],
    );
  }
}

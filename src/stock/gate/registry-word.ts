import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { REGISTRIES, type Registries, type RegistryStatus, worstOf } from '../../block-lists/registry-answer.js';
import { SECOND_HAND } from '../units/unit-condition.js';

/** What the registries say of all IMEIs of a unit taken together, and since when that is known. */
export interface RegistryWord {
  status: RegistryStatus;
  reasons: string[];
  sources: string[];
  /** The time of the oldest of the answers. */
  checkedAt: string;
}

/** Asks the registries about a handset before it is sold again, outside of any transaction. */
@Injectable()
export class RegistryWords {
  constructor(
    private readonly db: DataSource,
    @Inject(REGISTRIES) private readonly registries: Registries,
  ) {}

  /** Null for a unit that comes from the maker, has no IMEI, or is not in stock. */
  async of(unitId: string): Promise<RegistryWord | null> {
    const rows: { value: string }[] = await this.db.query(IMEIS, [unitId, SECOND_HAND]);
    if (!rows.length) return null;
    const answers = (await this.registries.check(rows.map(({ value }) => value))).flat();
    return {
      status: worstOf(answers),
      reasons: [...new Set(answers.flatMap(({ reasons }) => reasons))].sort(),
      sources: [...new Set(answers.map(({ source }) => source))].sort(),
      checkedAt: answers.map(({ checkedAt }) => checkedAt).sort()[0] ?? new Date(0).toISOString(),
    };
  }
}

const IMEIS = `
  select i.value from unit_identifier i join stock_holding h on h.unit_id = i.unit_id and h.closed_at is null
  where i.unit_id = $1 and i.kind = 'IMEI' and i.revoked_at is null and h.provenance = any($2::text[])
  order by i.position`;

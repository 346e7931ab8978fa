import type { EntityManager } from 'typeorm';
import type { SkuCondition, SkuGrade, SkuKind } from '../skus/sku.lifecycle.js';
import { code } from '../../imports/reading/columns.js';

/** What importers need to know of a SKU. */
export interface KnownSku {
  id: string;
  kind: SkuKind;
  variantId: string | null;
  condition: SkuCondition;
  grade: SkuGrade | null;
}

/** The text of a SKU's code. */
export const skuCode = code(/^[A-Z0-9][A-Z0-9._-]{0,63}$/, 'a SKU: capitals, digits, points and hyphens');

/** SKUs by their code, looked up once a job: a SKU never changes what it stands for. */
export class KnownSkus {
  private readonly byCode = new Map<string, KnownSku>();

  /** Looks up those that are not known yet. */
  async learn(tx: EntityManager, codes: Iterable<string>): Promise<void> {
    const unknown = [...new Set(codes)].filter((one) => !this.byCode.has(one));
    if (!unknown.length) return;
    const found: (KnownSku & { code: string })[] = await tx.query(
      'select code, id, kind, variant_id as "variantId", condition, grade from sku where code = any($1)',
      [unknown],
    );
    // The keys come from the database: a piece of the file's text would keep all of it in memory.
    for (const { code: known, ...sku } of found) this.byCode.set(known, sku);
  }

  of(sku: string): KnownSku | undefined {
    return this.byCode.get(sku);
  }
}

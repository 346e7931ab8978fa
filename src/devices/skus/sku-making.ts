import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { nameKey } from '../models/search-words.js';
import { SKU_CODE_LONGEST, type SkuCondition, type SkuGrade } from './sku.lifecycle.js';
import { touchModelOf } from './skus.service.js';

/** Hardware in the condition in which it came back, or was made ready to be sold again. */
export interface SecondLife {
  variantId: string;
  condition: Extract<SkuCondition, 'USED' | 'REFURBISHED'>;
  /** Null for used ones. */
  grade: SkuGrade | null;
}

/** SKUs that the house makes by itself when a handset needs one, for other rooms. They have no price until one is set. */
@Injectable()
export class SkuMaking {
  /**
   * The SKU of the hardware in this condition; made when it is missing, once, however many need it at a time.
   * @throws NotFound for the variant
   */
  async ensure(tx: EntityManager, by: Doer, life: SecondLife): Promise<string> {
    const known = await skuOf(tx, life);
    if (known) return known;
    // Locked in the order in which adding a SKU by hand locks: the model before the SKU.
    await touchModelOf(tx, life.variantId);
    const code = await codeOf(tx, life);
    const made = (await make(tx, by, life, code)) ?? (await skuOf(tx, life));
    // Neither made nor there: another SKU has the code.
    return made ?? (await make(tx, by, life, longCode(code, life.variantId)))!;
  }
}

async function make(
  tx: EntityManager,
  by: Doer,
  { variantId, condition, grade }: SecondLife,
  code: string,
): Promise<string | undefined> {
  const id = newId();
  const [written]: unknown[] = await tx.query(MAKE, [id, code, variantId, condition, grade]);
  if (!written) return undefined;
  const details = { code, kind: 'DEVICE', variantId, condition, grade };
  await recordAct(tx, by, { subjectKind: 'sku', subjectId: id, act: 'add', details });
  await publish(tx, by, { type: 'sku.added', aggregateKind: 'sku', aggregateId: id, payload: details });
  return id;
}

const MAKE = `
  insert into sku (id, code, kind, variant_id, condition, grade) values ($1, $2, 'DEVICE', $3, $4, $5)
  on conflict do nothing returning id`;

async function skuOf(tx: EntityManager, { variantId, condition, grade }: SecondLife): Promise<string | undefined> {
  const [found]: { id: string }[] = await tx.query(
    'select id from sku where variant_id = $1 and condition = $2 and grade is not distinct from $3',
    [variantId, condition, grade],
  );
  return found?.id;
}

/** Such as BLACKBERRY-Q10-16-BLACK-REF-GOOD. @throws NotFound */
async function codeOf(tx: EntityManager, { variantId, condition, grade }: SecondLife): Promise<string> {
  const [found]: { parts: (string | null)[] }[] = await tx.query(
    `select array[b.name, m.name, nullif(v.storage_gb, 0)::text, v.colour] as parts
     from device_variant v join device_model m on m.id = v.model_id join brand b on b.id = m.brand_id where v.id = $1`,
    [variantId],
  );
  if (!found) throw new NotFound('No such device variant.');
  const end = condition === 'USED' ? 'USED' : `REF-${grade}`;
  const plain = found.parts.map((part) => asCode(part ?? '')).filter((part) => part !== '');
  return `${plain
    .join('-')
    .slice(0, SKU_CODE_LONGEST - end.length - 1)
    .replace(/-+$/, '')}-${end}`.replace(/^-/, '');
}

/** Letters without a Latin form are left out: the code is printed as a bar code. */
const asCode = (name: string): string =>
  nameKey(name)
    .toUpperCase()
    .replace(/[^A-Z0-9-]/g, '')
    .replace(/^-+|-+$/g, '');

const longCode = (code: string, variantId: string): string => {
  const end = variantId.slice(-12).toUpperCase();
  return `${code.slice(0, SKU_CODE_LONGEST - end.length - 1)}-${end}`;
};

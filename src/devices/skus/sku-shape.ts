import type { Fault } from '../../platform/problem.js';
import type { SkuCondition, SkuGrade, SkuKind } from './sku.lifecycle.js';

/** What a SKU consists of. */
export interface SkuShape {
  kind: SkuKind;
  condition: SkuCondition;
  variantId?: string | null;
  name?: string | null;
  grade?: SkuGrade | null;
}

/** What does not fit together, all of it: handsets have hardware, accessories a name, refurbished ones a grade. */
export function shapeFaults({ kind, condition, variantId, name, grade }: SkuShape): Fault[] {
  return [
    ...fault('variantId', variantId, kind === 'DEVICE', 'A handset names its hardware, an accessory has none.'),
    ...fault('name', name, kind === 'ACCESSORY', 'An accessory has a name; a handset goes by its model.'),
    ...(condition === 'USED' && kind === 'ACCESSORY' ? [USED_ACCESSORY] : []),
    ...fault('grade', grade, condition === 'REFURBISHED', 'Refurbished ones have a grade, others have none.'),
  ];
}

const USED_ACCESSORY: Fault = {
  ...{ in: 'body', pointer: '/condition', code: 'NOT_EXPECTED' },
  detail: 'Only handsets are kept as they were handed in.',
};

function fault(field: string, value: string | null | undefined, needed: boolean, detail: string): Fault[] {
  const given = value !== undefined && value !== null;
  return given === needed
    ? []
    : [{ in: 'body', pointer: `/${field}`, code: needed ? 'MISSING' : 'NOT_EXPECTED', detail }];
}

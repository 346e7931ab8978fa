import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { shapeFaults } from './sku-shape.js';
import type { AddSkuDto } from './sku.dto.js';
import type { SkuView } from './sku.view.js';
import { readSku } from './skus.query.js';

/** The acts on SKUs. */
@Injectable()
export class Skus {
  constructor(private readonly acts: Acts) {}

  /** @throws InvalidInput, NotFound for the variant, SkuCodeTaken, SkuExists */
  add(call: Call, form: AddSkuDto): Promise<SkuView> {
    const faults = shapeFaults(form);
    if (faults.length) throw new InvalidInput('The fields do not fit together; see errors.', {}, faults);
    return this.acts.once(call, async (tx) => {
      const { code, kind, variantId = null, name = null, condition, grade = null } = form;
      if (variantId) await touchModelOf(tx, variantId);
      const id = newId();
      await tx.query(
        'insert into sku (id, code, kind, variant_id, name, condition, grade) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, code, kind, variantId, name, condition, grade],
      );
      const details = { code, kind, variantId, condition, grade };
      await recordAct(tx, call, { subjectKind: 'sku', subjectId: id, act: 'add', details });
      await publish(tx, call, { type: 'sku.added', aggregateKind: 'sku', aggregateId: id, payload: details });
      return readSku(tx, id);
    });
  }
}

/** The model shows its SKUs, so that another SKU is a change of the model. @throws NotFound */
export async function touchModelOf(tx: EntityManager, variantId: string): Promise<void> {
  const [, touched]: [unknown[], number] = await tx.query(
    `update device_model m set version = m.version + 1, updated_at = clock_timestamp()
     from device_variant v where v.id = $1 and m.id = v.model_id`,
    [variantId],
  );
  if (!touched) throw new NotFound('No such device variant.');
}

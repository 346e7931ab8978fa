import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { InvalidInput } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { PriceInThePast } from '../devices.errors.js';
import { lockSku } from '../skus/skus.query.js';
import type { SetPriceDto } from './price.dto.js';
import { planFaults } from './price-plan.js';
import type { PriceView } from './price.view.js';
import { readPrice } from './prices.query.js';

/** The acts on prices. A price is never changed: another one takes its place. */
@Injectable()
export class Prices {
  constructor(private readonly acts: Acts) {}

  /** @throws InvalidInput, NotFound, PriceInThePast, PriceStartTaken */
  set(call: Call, skuId: string, { downPaymentMinor = 0, months = null, remainder = 'LAST', ...form }: SetPriceDto) {
    const price = { ...form, downPaymentMinor, months, remainder };
    const faults = planFaults(price);
    if (faults.length) throw new InvalidInput('The amounts do not fit together; see errors.', {}, faults);
    return this.acts.once(call, async (tx) => {
      await lockSku(tx, skuId);
      const id = await insertPrice(tx, skuId, price, call.actor);
      const view = await readPrice(tx, skuId, id);
      const { state: _state, setBy: _setBy, skuId: _sku, effectiveUntil: _until, ...details } = view;
      await publish(tx, call, { type: 'price.set', aggregateKind: 'sku', aggregateId: skuId, payload: details });
      await recordAudited(tx, call, {
        subjectKind: 'sku',
        subjectId: skuId,
        act: 'setPrice',
        reason: form.reason,
        details,
      });
      return view satisfies PriceView;
    });
  }
}

type Price = Required<Omit<SetPriceDto, 'reason' | 'effectiveFrom'>> & Pick<SetPriceDto, 'effectiveFrom'>;

/** Prices begin on a whole millisecond, so that what clients are told is when they begin. @throws PriceInThePast */
async function insertPrice(tx: EntityManager, skuId: string, price: Price, setBy: string): Promise<string> {
  const id = newId();
  const inserted: unknown[] = await tx.query(
    `insert into price (id, sku_id, currency, amount_minor, down_payment_minor, months, remainder, set_by, effective_from)
     select $1, $2, $3, $4, $5, $6, $7, $8, coalesce(asked, present)
     from (select date_trunc('milliseconds', $9::timestamptz) as asked,
                  date_trunc('milliseconds', clock_timestamp()) as present) t
     where asked is null or asked >= present
     returning 1`,
    [
      id,
      skuId,
      price.currency,
      price.amountMinor,
      price.downPaymentMinor,
      price.months,
      price.remainder,
      setBy,
      price.effectiveFrom ?? null,
    ],
  );
  if (!inserted.length) throw new PriceInThePast('Leave effectiveFrom out for a price that begins at once.');
  return id;
}

import { constraintMeans } from '../platform/http/constraint-refusals.js';
import { refusal } from '../platform/problem.js';
import { NotFound } from '../platform/problems.js';

export class DeviceModelExists extends refusal(409, 'DEVICE_MODEL_EXISTS', 'The brand has a model of this name') {}
export class DeviceVariantExists extends refusal(409, 'DEVICE_VARIANT_EXISTS', 'The model has this hardware already') {}
export class SkuCodeTaken extends refusal(409, 'SKU_CODE_TAKEN', 'Another SKU has this code') {}
export class SkuExists extends refusal(409, 'SKU_EXISTS', 'The hardware is sold in this condition already') {}
export class PriceStartTaken extends refusal(409, 'PRICE_START_TAKEN', 'Another price begins at the same instant') {}
export class PriceInThePast extends refusal(409, 'PRICE_IN_THE_PAST', 'A price cannot begin in the past') {}

const MEANINGS = {
  device_model_key_key: () => new DeviceModelExists('Change the model there is, or choose another name.'),
  device_variant_hardware_key: () =>
    new DeviceVariantExists('Maker code, storage and colour are those of a variant this model has.'),
  sku_code_key: () => new SkuCodeTaken('Choose another code; codes are never used again.'),
  sku_refurbished_key: () => new SkuExists('There is a SKU for this hardware refurbished to this grade.'),
  sku_condition_key: () => new SkuExists('There is a SKU for this hardware in this condition.'),
  sku_variant_fk: () => new NotFound('No such device variant.'),
  price_start_key: () => new PriceStartTaken('Begin it at another instant, however little later.'),
  sku_channel_location_fk: () => new NotFound('No such location.'),
};

/** What a violated constraint of this room means to the caller whose act lost the race. */
export function explainConstraints(): void {
  for (const [constraint, refuse] of Object.entries(MEANINGS)) constraintMeans(constraint, refuse);
}

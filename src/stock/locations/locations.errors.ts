import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { refusal } from '../../platform/problem.js';

export class LocationCodeTaken extends refusal(409, 'LOCATION_CODE_TAKEN', 'Another location has this code') {}

constraintMeans(
  'stock_location_code_key',
  () => new LocationCodeTaken('Choose another code; codes are never used again.'),
);

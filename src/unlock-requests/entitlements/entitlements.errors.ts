import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { refusal } from '../../platform/problem.js';

export class EntitlementCodeTaken extends refusal(409, 'ENTITLEMENT_CODE_TAKEN', 'Another entitlement has this code') {}
export class EntitlementNotInForce extends refusal(
  409,
  'ENTITLEMENT_NOT_IN_FORCE',
  'Nothing is unlocked under this entitlement now',
) {}

constraintMeans('unlock_entitlement_code_key', () => new EntitlementCodeTaken('Choose another code.'));

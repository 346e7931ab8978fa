import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { refusal } from '../../platform/problem.js';

export class CostUnknown extends refusal(409, 'COST_UNKNOWN', 'What the unit cost is not known') {}
export class OrderUnderWay extends refusal(409, 'ORDER_UNDER_WAY', 'The unit has a work order already') {}
export class BeyondEconomicRepair extends refusal(
  409,
  'BEYOND_ECONOMIC_REPAIR',
  'The repair costs more than the handset will bring',
) {}
export class ProofMissing extends refusal(409, 'PROOF_MISSING', 'What has to be proved before is not') {}
export class NoRetailGrade extends refusal(409, 'NO_RETAIL_GRADE', 'Its condition reaches no retail grade') {}

constraintMeans('refurb_order_live_key', () => new OrderUnderWay('Somebody has just opened one.'));

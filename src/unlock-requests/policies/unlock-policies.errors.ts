import { refusal } from '../../platform/problem.js';

export class PolicyBelowFloor extends refusal(422, 'POLICY_BELOW_FLOOR', 'The policy gives less than the law asks') {}
export class PolicyRetroactive extends refusal(
  409,
  'POLICY_RETROACTIVE',
  'Handsets that have a policy already keep it',
) {}
export class PolicyCodeTaken extends refusal(409, 'POLICY_CODE_TAKEN', 'Another policy has this code') {}

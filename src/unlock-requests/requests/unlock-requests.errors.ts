import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { refusal } from '../../platform/problem.js';

export class DuplicateUnlockRequest extends refusal(
  409,
  'DUPLICATE_REQUEST',
  'A request for this handset is under way',
) {}
export class HandsetBlocked extends refusal(409, 'HANDSET_BLOCKED', 'The handset stands on a block list') {}
export class ApprovalNotProposed extends refusal(
  409,
  'APPROVAL_NOT_PROPOSED',
  'Nobody has proposed to approve it against the rules',
) {}
export class ApprovalProposed extends refusal(409, 'APPROVAL_PROPOSED', 'Somebody has proposed it already') {}
export class AppealTooLate extends refusal(409, 'APPEAL_NOT_POSSIBLE', 'It can be appealed once, within thirty days') {}
export class NoMoreExtensions extends refusal(409, 'NO_MORE_EXTENSIONS', 'More time was asked for often enough') {}

constraintMeans(
  'unlock_request_live_key',
  () => new DuplicateUnlockRequest('Wait until it is settled, or cancel it, then ask again.'),
);
constraintMeans(
  'unlock_override_open_key',
  () => new ApprovalProposed('A second person has to decide on the proposal that is open.'),
);

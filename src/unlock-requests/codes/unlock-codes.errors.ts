import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { refusal } from '../../platform/problem.js';

export class CodeShown extends refusal(409, 'CODE_SHOWN', 'Every code we hold was shown for this request') {}
export class AnotherCodeHeld extends refusal(409, 'ANOTHER_CODE_HELD', 'Another code of this type is held') {}

export class CodeKnown extends refusal(409, 'CODE_KNOWN', 'This very code is known for the handset') {}

constraintMeans('unlock_code_held_key', () => new AnotherCodeHeld('Discard the other one first.'));
constraintMeans('unlock_code_known_key', () => new CodeKnown('It is held already, or was tried and did not work.'));
constraintMeans('unlock_code_reveal_once_key', () => new CodeShown('It was shown a moment ago.'));

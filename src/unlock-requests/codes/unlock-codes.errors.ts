import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { refusal } from '../../platform/problem.js';

export class CodeShown extends refusal(409, 'CODE_SHOWN', 'Every code we hold was shown for this request') {}
export class AnotherCodeHeld extends refusal(409, 'ANOTHER_CODE_HELD', 'Another code of this type is held') {}

constraintMeans('unlock_code_held_key', () => new AnotherCodeHeld('Discard the other one first.'));
constraintMeans('unlock_code_reveal_once_key', () => new CodeShown('It was shown a moment ago.'));

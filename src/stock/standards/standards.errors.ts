import { refusal } from '../../platform/problem.js';

export class StandardCodeTaken extends refusal(409, 'STANDARD_CODE_TAKEN', 'Another version has this code') {}

import { refusal } from '../../platform/problem.js';

export class NothingToReport extends refusal(409, 'NOTHING_TO_REPORT', 'No report waits for this register') {}

import { refusal } from '../platform/problem.js';

export class NotForStores extends refusal(403, 'NOT_FOR_STORES', 'A till does not import') {}
export class EmptyFile extends refusal(400, 'EMPTY_FILE', 'The file is empty') {}

import { refusal } from '../problem.js';

export class FilesUnavailable extends refusal(503, 'FILES_UNAVAILABLE', 'The store of files does not answer') {}

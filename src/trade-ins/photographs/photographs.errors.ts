import { refusal } from '../../platform/problem.js';

export class TooManyPhotographs extends refusal(409, 'TOO_MANY_PHOTOGRAPHS', 'It has as many photographs as it may') {}

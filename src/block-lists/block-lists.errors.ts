import { constraintMeans } from '../platform/http/constraint-refusals.js';
import { refusal } from '../platform/problem.js';

export class AlreadyListed extends refusal(409, 'ALREADY_LISTED', 'The device is listed for this reason already') {}

/** For the act that found it there, and for the one that lost the race. */
export const alreadyListed = () =>
  new AlreadyListed('The same source has reported it for the same reason; lift that first.');

constraintMeans('block_entry_live_key', alreadyListed);

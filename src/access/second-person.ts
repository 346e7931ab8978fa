import type { Call } from '../platform/caller.js';
import { refusal } from '../platform/problem.js';

export class SecondPersonNeeded extends refusal(403, 'SECOND_PERSON_NEEDED', 'Somebody else has to do this') {}

/**
 * Sees to it that whoever decides is nobody who had a hand in what is decided. The database holds the same by a CHECK.
 * @throws SecondPersonNeeded
 */
export function needSecondPerson(call: Call, authors: readonly string[]): void {
  if (!authors.includes(call.actor)) return;
  throw new SecondPersonNeeded('You had a hand in this: somebody else has to look at it and decide.');
}

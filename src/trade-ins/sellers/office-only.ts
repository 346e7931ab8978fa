import type { Caller } from '../../platform/caller.js';
import { refusal } from '../../platform/problem.js';

export class NotForTills extends refusal(403, 'NOT_FOR_TILLS', 'This concerns the carrier as a whole') {}

/** Who sells, and what the police ask, is no affair of one store. @throws NotForTills for whoever is bound to one */
export function needOffice({ storeId }: Caller): void {
  if (storeId) throw new NotForTills('Use a token that is bound to no store.');
}

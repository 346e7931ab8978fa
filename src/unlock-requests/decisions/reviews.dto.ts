import { ListOfChoices, ListOfTexts, Text } from '../../values/fields.js';
import { type Reason, REASON_CODES } from '../eligibility/reasons.js';

export class DenyUnlockDto {
  /** What stands in the way; the customer is told. */
  @ListOfChoices(REASON_CODES, 'UnlockReason', 1)
  reasons: Reason[];
  /** Why, for the history. */
  @Text(3, 500)
  note: string;
}

export class AskDocumentsDto {
  /** The documents of which one is asked for. */
  @ListOfTexts(1, 20, 40)
  documents: string[];
  /** Why, for the history. */
  @Text(3, 500)
  note: string;
}

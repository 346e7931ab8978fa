import { Text, WholeNumber } from '../../values/fields.js';

export class ExtendUnlockDto {
  /** Business days more until it has to be settled. */
  @WholeNumber(1, 10)
  businessDays: number;
  /** Why more time is reasonably needed; the customer is told. */
  @Text(3, 500)
  reason: string;
}

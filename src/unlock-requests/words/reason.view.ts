import { OneOf, Text } from '../../values/fields.js';
import { REASON_CODES } from '../eligibility/reasons.js';

/** Something that stands in the way, in words. */
export class ReasonInWordsView {
  /** The reason for programs. */
  @OneOf(REASON_CODES, 'UnlockReason')
  code: string;
  /** What is so. */
  @Text(1, 300)
  title: string;
  /** What can be done about it. */
  @Text(1, 300)
  remedy: string;
}

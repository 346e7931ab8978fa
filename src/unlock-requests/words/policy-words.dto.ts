import { DateOnly, Maybe, OneOf, Text } from '../../values/fields.js';
import { Jurisdiction } from '../../values/jurisdiction.js';
import { type Language, LANGUAGES } from '../../values/language.js';
import { POLICY_SEGMENTS, type PolicySegment } from '../policies/unlock-policy.lifecycle.js';

export class PolicyInWordsQuery {
  /** Whose law. */
  @Jurisdiction()
  jurisdiction: string;
  /** The carrier's brand; left out, the policy for all brands. */
  @Maybe()
  @Text(1, 60)
  brand?: string;
  /** Whose devices; left out, the policy for all. */
  @Maybe()
  @OneOf(POLICY_SEGMENTS, 'PolicySegment')
  segment?: PolicySegment;
  /** The day of purchase or first activation; left out, today. */
  @Maybe()
  @DateOnly()
  on?: string;
  /** Left out, English. */
  @Maybe()
  @OneOf(LANGUAGES, 'Language')
  language?: Language;
}

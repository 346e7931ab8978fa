import { DateOnly, ListOfTexts, Nullable, OneOf, Text } from '../../values/fields.js';
import { POLICY_SEGMENTS } from '../policies/unlock-policy.lifecycle.js';
import { LANGUAGES } from '../../values/language.js';

/** A policy for people to read. */
export class PolicyInWordsView {
  /** The name of the policy. */
  @Text(1, 60)
  code: string;
  /** Whose law it lives under. */
  @Text(2, 6)
  jurisdiction: string;
  /** The brand it is for; null for all. */
  @Nullable()
  @Text(1, 60)
  brand: string | null;
  /** Whose devices it is for. */
  @OneOf(POLICY_SEGMENTS, 'PolicySegment')
  segment: string;
  /** The first day of purchase or activation it holds for. */
  @DateOnly()
  effectiveFrom: string;
  /** The last such day; null while no other follows. */
  @Nullable()
  @DateOnly()
  effectiveTo: string | null;
  /** The language of the sentences. */
  @OneOf(LANGUAGES, 'Language')
  language: string;
  /** What it says, a sentence a rule. */
  @ListOfTexts(1, 200, 2000)
  sentences: string[];
}

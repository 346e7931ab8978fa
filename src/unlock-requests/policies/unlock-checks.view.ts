import { Flag, ListOf, ListOfTexts, OneOf, Text } from '../../values/fields.js';
import { CHECK_NAMES } from '../eligibility/check-catalogue.js';

export class CheckParameterView {
  /** Its name in a rule. */
  @Text(1, 40)
  name: string;
  /** What it says. */
  @Text(1, 200)
  about: string;
  /** What it may be. */
  @OneOf(['WHOLE', 'ONE_OF', 'CODES', 'CURRENCY'], 'CheckParameterKind')
  kind: string;
  /** Whether a rule must have it. */
  @Flag()
  required: boolean;
  /** The words it may be; empty when any will do. */
  @ListOfTexts(0, 20, 40)
  values: string[];
}

/** One thing a policy can ask for. */
export class CheckKindView {
  /** The name rules use. */
  @OneOf(CHECK_NAMES, 'UnlockCheckName')
  name: string;
  /** What must be so. */
  @Text(1, 300)
  about: string;
  /** Of these parameters exactly one is given. */
  @ListOfTexts(0, 10, 40)
  exactlyOneOf: string[];
  /** What can be said more nearly. */
  @ListOf(() => CheckParameterView, 0, 20)
  parameters: CheckParameterView[];
}

export class CheckKindsView {
  /** Every check. */
  @ListOf(() => CheckKindView, 0, 100)
  items: CheckKindView[];
}

import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Nested, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { ALERT_KINDS, CAP_ACTIONS, CAP_SCOPES, CAP_SPANS } from './cap-words.js';

export class UnlockCapView {
  /** Whose acts are counted. */
  @OneOf(CAP_SCOPES, 'UnlockCapScope')
  scope: string;
  /** What is counted. */
  @OneOf(CAP_ACTIONS, 'UnlockCapAction')
  action: string;
  /** The time it is counted in. */
  @OneOf(CAP_SPANS, 'UnlockCapSpan')
  span: string;
  /** Beyond so many somebody is told; null when nobody is before the hard cap. */
  @Nullable()
  @WholeNumber(1, 1_000_000)
  soft: number | null;
  /** Beyond so many it is refused. */
  @WholeNumber(1, 1_000_000)
  hard: number;
}

export class UnlockCapsView {
  /** Every cap. */
  @ListOf(() => UnlockCapView, 0, 200)
  items: UnlockCapView[];
}

/** What an alert is about. */
export class UnlockAlertDetailsView {
  /** What was done too often. */
  @OneOf(CAP_ACTIONS, 'UnlockCapAction')
  action: string;
  /** In which time. */
  @OneOf(CAP_SPANS, 'UnlockCapSpan')
  span: string;
  /** The count that was passed. */
  @WholeNumber(1, 1_000_000)
  most: number;
}

export class UnlockAlertView {
  /** The id of the alert. */
  @Id()
  id: string;
  /** A soft cap or a hard one was passed, or a source was suspended for asking for the same handsets over and over. */
  @OneOf(ALERT_KINDS, 'UnlockAlertKind')
  kind: string;
  /** Whose acts it is about. */
  @OneOf(CAP_SCOPES, 'UnlockCapScope')
  scope: string;
  /** A keyed hash of whose: alerts about the same one bear the same. */
  @Text(32, 32)
  whose: string;
  /** What was passed. */
  @Nested(() => UnlockAlertDetailsView)
  details: UnlockAlertDetailsView;
  /** When it was passed first. */
  @Moment()
  at: string;
}

export class UnlockAlertPageView {
  /** Alerts, the latest first. */
  @ListOf(() => UnlockAlertView, 0, 200)
  items: UnlockAlertView[];
  /** Where the next page begins; null on the last. */
  @NextCursor()
  nextCursor: string | null;
}

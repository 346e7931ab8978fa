import { PageQuery } from '../../platform/http/page.dto.js';
import { Maybe, OneOf, WholeNumber } from '../../values/fields.js';
import {
  ALERT_KINDS,
  type AlertKind,
  CAP_ACTIONS,
  CAP_SCOPES,
  CAP_SPANS,
  type CapAction,
  type CapScope,
  type CapSpan,
} from './cap-words.js';

export const MOST_USES = 1_000_000;

export class SetUnlockCapDto {
  /** Whose acts are counted. */
  @OneOf(CAP_SCOPES, 'UnlockCapScope')
  scope: CapScope;
  /** What is counted. */
  @OneOf(CAP_ACTIONS, 'UnlockCapAction')
  action: CapAction;
  /** The time it is counted in. */
  @OneOf(CAP_SPANS, 'UnlockCapSpan')
  span: CapSpan;
  /** Beyond so many somebody is told; left out, nobody is before the hard cap. */
  @Maybe()
  @WholeNumber(1, MOST_USES)
  soft?: number;
  /** Beyond so many it is refused. */
  @WholeNumber(1, MOST_USES)
  hard: number;
}

export class UnlockAlertsQuery extends PageQuery {
  /** Only alerts of this kind. */
  @Maybe()
  @OneOf(ALERT_KINDS, 'UnlockAlertKind')
  kind?: AlertKind;
}

import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, Maybe, OneOf } from '../../values/fields.js';
import { STANDARD_STATES, type StandardState } from './standard.lifecycle.js';

export class StandardParams {
  /** Id of the version. */
  @Id()
  id: string;
}

export class StandardsQuery extends PageQuery {
  /** Only versions of this state. */
  @Maybe()
  @OneOf(STANDARD_STATES, 'StandardState')
  status?: StandardState;
}

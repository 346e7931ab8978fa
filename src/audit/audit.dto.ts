import { PageQuery } from '../platform/http/page.dto.js';
import { Code, Id, Instant, Maybe, QueryFlag, Text } from '../values/fields.js';

const NAME = /^[A-Za-z][A-Za-z_-]*$/;

export class AuditEntriesQuery extends PageQuery {
  /** Only what was done at this instant or after. */
  @Maybe()
  @Instant()
  from?: string;
  /** Only what was done before this instant. */
  @Maybe()
  @Instant()
  to?: string;
  /** Only acts on things of this kind. */
  @Maybe()
  @Code(NAME, 60, 'unlock-request')
  subjectKind?: string;
  /** Only acts on this thing. */
  @Maybe()
  @Id()
  subjectId?: string;
  /** Only what this person or program did, by the subject of its token. */
  @Maybe()
  @Text(1, 200)
  actor?: string;
  /** Only acts of this name. */
  @Maybe()
  @Code(NAME, 60, 'approve')
  act?: string;
  /** Whether only entries of a chain are wanted; `false` lists everything that was ever done. */
  @Maybe()
  @QueryFlag()
  chained?: boolean = true;
}

export class AuditPeriodQuery {
  /** The first instant of the period. */
  @Instant()
  from: string;
  /** The instant after its last. */
  @Instant()
  to: string;
}

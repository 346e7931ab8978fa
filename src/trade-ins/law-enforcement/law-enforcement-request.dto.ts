import { PageQuery } from '../../platform/http/page.dto.js';
import { Flag, Id, IdentifierText, Instant, Maybe, OneOf, Text } from '../../values/fields.js';
import { LAW_REQUEST_STATES, type LawRequestState } from './law-enforcement-request.entity.js';

export class LogLawRequestDto {
  /** The authority that asks. */
  @Text(1, 200)
  authority: string;
  /** Its reference; no two requests of an authority have the same. */
  @Text(1, 100)
  reference: string;
  /** The officer, with name and number. */
  @Text(1, 200)
  officer: string;
  /** What is asked. */
  @Text(1, 4000)
  asked: string;
  /** When it came. */
  @Instant()
  receivedAt: string;
  /** An IMEI of the handset it is about. */
  @IdentifierText()
  identifier: string;
  /** Whether the handset has to be kept until the authority lets it go. */
  @Maybe()
  @Flag()
  placeHold?: boolean;
}

export class FindLawRequestsDto {
  /** An IMEI of the handset. */
  @IdentifierText()
  identifier: string;
}

export class AnswerLawRequestDto {
  /** What the authority is told. */
  @Text(1, 4000)
  answer: string;
}

export class LiftLawHoldDto {
  /** On whose word the handset is let go. */
  @Text(3, 500)
  reason: string;
}

export class LawRequestParams {
  /** The request. */
  @Id()
  id: string;
}

export class LawRequestsQuery extends PageQuery {
  /** Only requests of this state. */
  @Maybe()
  @OneOf(LAW_REQUEST_STATES, 'LawRequestState')
  status?: LawRequestState;
}

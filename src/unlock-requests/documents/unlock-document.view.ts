import { PAPER_TYPES } from '../../platform/http/paper-body.decorator.js';
import { Code, Flag, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { RULE_NAME } from '../policies/unlock-rule.dto.js';
import { DOCUMENT_VERDICTS, type DocumentVerdict } from './unlock-document.entity.js';

export class HandInDocumentQuery {
  /** What the paper is, as the request asks for it. */
  @Code(RULE_NAME, 40, 'DEPLOYMENT_PAPERS')
  type: string;
}

export class UnlockDocumentParams {
  /** The paper. */
  @Id()
  id: string;
}

/** A paper without what it shows. */
export class UnlockDocumentView {
  /** Its id. */
  @Id()
  id: string;
  /** The request it was handed in for. */
  @Id()
  requestId: string;
  /** What it is said to be. */
  @Text(1, 40)
  type: string;
  /** What its bytes are. */
  @OneOf(PAPER_TYPES, 'PaperType')
  mediaType: string;
  /** SHA-256 of it, in hexadecimal. */
  @Text(64, 64)
  digest: string;
  /** How large it is. */
  @WholeNumber(1, 10_485_760)
  bytes: number;
  /** Who handed it in; somebody else looks at it. */
  @Text(1, 200)
  handedInBy: string;
  /** When it was handed in. */
  @Moment()
  handedInAt: string;
  /** Whether it holds. */
  @OneOf(DOCUMENT_VERDICTS, 'DocumentVerdict')
  verdict: DocumentVerdict;
  /** Why; null before somebody looked. */
  @Nullable()
  @Text(1, 500)
  verdictReason: string | null;
  /** Who looked at it. */
  @Nullable()
  @Text(1, 200)
  decidedBy: string | null;
  /** When they did. */
  @Moment({ nullable: true })
  decidedAt: string | null;
  /** Whether what it shows is gone; type, digest and verdict stay. */
  @Flag()
  erased: boolean;
}

export class UnlockDocumentPageView {
  /** The papers of the request, the first one first. */
  @ListOf(() => UnlockDocumentView, 0, 200)
  items: UnlockDocumentView[];
}

export interface PaperContent {
  bytes: Buffer;
  mediaType: string;
}

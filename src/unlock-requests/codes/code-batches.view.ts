import { NextCursor } from '../../platform/http/page.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, ListOf, Maybe, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import {
  CODE_BATCH_STATES,
  CODE_STATES,
  type CodeBatchState,
  type CodeState,
  type Quarantine,
  QUARANTINES,
} from './unlock-code.lifecycle.js';

const MOST = 2_147_483_647;

export class CodeBatchesQuery extends PageQuery {
  /** Only files of this state. */
  @Maybe()
  @OneOf(CODE_BATCH_STATES, 'CodeBatchState')
  status?: CodeBatchState;
}

export class QuarantineQuery extends PageQuery {}

export class CodeBatchParams {
  /** The file of codes. */
  @Id()
  id: string;
}

export class UnlockCodeParams {
  /** The code, by its id. */
  @Id()
  id: string;
}

/** A maker's file of codes. */
export class CodeBatchView {
  /** Its id. */
  @Id()
  id: string;
  /** The import that read it. */
  @Id()
  importId: string;
  /** Whether its codes may be given out. */
  @OneOf(CODE_BATCH_STATES, 'CodeBatchState')
  status: CodeBatchState;
  /** Who handed it in; somebody else lets it in. */
  @Text(1, 200)
  handedInBy: string;
  /** When it was handed in. */
  @Moment()
  handedInAt: string;
  /** Who decided; null before. */
  @Nullable()
  @Text(1, 200)
  decidedBy: string | null;
  /** When it was decided. */
  @Moment({ nullable: true })
  decidedAt: string | null;
  /** Codes that are given out once it is approved. */
  @WholeNumber(0, MOST)
  held: number;
  /** Codes that wait for a person. */
  @WholeNumber(0, MOST)
  quarantined: number;
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, MOST)
  version: number;
}

export class CodeBatchPageView {
  /** Makers' files, the latest first. */
  @ListOf(() => CodeBatchView, 0, 200)
  items: CodeBatchView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** A code that waits for a person. The code itself is never listed. */
export class QuarantinedCodeView {
  /** Its id. */
  @Id()
  id: string;
  /** Fifteen digits. */
  @Text(15, 15)
  imei: string;
  /** Which lock it opens. */
  @Text(1, 30)
  codeType: string;
  /** Where it stands. */
  @OneOf(CODE_STATES, 'UnlockCodeState')
  status: CodeState;
  /** Why it was put into quarantine; null when it never was. */
  @Nullable()
  @OneOf(QUARANTINES, 'CodeQuarantine')
  quarantine: Quarantine | null;
  /** The file it came in. */
  @Id()
  batchId: string;
  /** The maker's lot; null when it named none. */
  @Nullable()
  @Text(1, 60)
  lot: string | null;
  /** When it came. */
  @Moment()
  receivedAt: string;
}

export class QuarantinePageView {
  /** Codes in quarantine. */
  @ListOf(() => QuarantinedCodeView, 0, 200)
  items: QuarantinedCodeView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

import { NextCursor } from '../../platform/http/page.js';
import { Code, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { GradeRuleDto } from './grade-profile.dto.js';
import { STANDARD_CODE, STANDARD_STATES, type StandardState } from './standard.lifecycle.js';

/** One version of what each retail grade promises. */
export class GradeProfileView {
  /** Id of the version. */
  @Id()
  id: string;
  /** Its name among versions; it is stored with whatever is graded by it. */
  @Code(STANDARD_CODE, 40)
  code: string;
  /** Whether it was put into force; the one published last is. */
  @OneOf(STANDARD_STATES, 'StandardState')
  status: StandardState;
  /** The grades, best first. */
  @ListOf(() => GradeRuleDto, 1, 4)
  grades: GradeRuleDto[];
  /** Who wrote it. */
  @Text(1, 200)
  draftedBy: string;
  /** Who put it into force; null for a draft. */
  @Nullable()
  @Text(1, 200)
  publishedBy: string | null;
  /** When; null for a draft. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class GradeProfilePageView {
  /** Versions, the latest first. */
  @ListOf(() => GradeProfileView, 0, 200)
  items: GradeProfileView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

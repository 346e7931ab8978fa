import { Id, ListOf, Nested, Nullable, Text, WholeNumber } from '../../values/fields.js';
import { QuestionDto } from '../rules/question-set.dto.js';

/** Hardware that a handset is or may be of. */
export class TradeInHardwareView {
  /** The variant. */
  @Id()
  variantId: string;
  /** Its model. */
  @Id()
  modelId: string;
  /** Its brand. */
  @Text(1, 200)
  brand: string;
  /** The model's name. */
  @Text(1, 200)
  model: string;
  /** Storage in gigabytes. */
  @WholeNumber(0, 65536)
  storageGb: number;
  /** Its colour. */
  @Text(0, 100)
  colour: string;
}

/** The version of a set of questions. */
export class QuestionSetView {
  /** The rule. */
  @Id()
  id: string;
  /** The class of devices it is for. */
  @Text(1, 60)
  code: string;
  /** The questions; each is asked only when its conditions hold, and an answer may end them. */
  @ListOf(() => QuestionDto, 1, 60)
  questions: QuestionDto[];
}

/** What the owner of a handset is asked. */
export class TradeInQuestionsView {
  /** The hardware it is; null when one of the candidates has to be named. */
  @Nullable()
  @Nested(() => TradeInHardwareView)
  hardware: TradeInHardwareView | null;
  /** The hardware it may be. */
  @ListOf(() => TradeInHardwareView, 0, 100)
  candidates: TradeInHardwareView[];
  /** The questions; null when the hardware is not known, or we ask nothing about it because we do not buy it. */
  @Nullable()
  @Nested(() => QuestionSetView)
  questionSet: QuestionSetView | null;
}

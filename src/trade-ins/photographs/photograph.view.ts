import { Flag, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';

/** What photographs are kept as, whatever they came as. */
const KEPT_AS = ['image/jpeg'] as const;

export class TradeInPhotographParams {
  /** The photograph. */
  @Id()
  id: string;
}

/** A photograph without the picture. */
export class TradeInPhotographView {
  /** Its id. */
  @Id()
  id: string;
  /** The trade-in whose handset it shows. */
  @Id()
  tradeInId: string;
  /** SHA-256 of it as it is kept, in hexadecimal. */
  @Text(64, 64)
  digest: string;
  /** What it is kept as. */
  @OneOf(KEPT_AS, 'PhotographType')
  mediaType: string;
  /** How large it is. */
  @WholeNumber(1, 20_971_520)
  bytes: number;
  /** Its width in pixels. */
  @WholeNumber(1, 65_535)
  width: number;
  /** Its height in pixels. */
  @WholeNumber(1, 65_535)
  height: number;
  /** Who took it; null for customers. */
  @Nullable()
  @Text(1, 200)
  takenBy: string | null;
  /** When it was handed in. */
  @Moment()
  takenAt: string;
  /** Whether the picture is gone; that there was one stays. */
  @Flag()
  erased: boolean;
}

export class TradeInPhotographPageView {
  /** The photographs of the trade-in, the first one first. */
  @ListOf(() => TradeInPhotographView, 0, 100)
  items: TradeInPhotographView[];
}

import { ListOf } from '../../values/fields.js';
import { TradeInReasonDto } from '../rules/reason-list.dto.js';

/** The reasons that may be given in one trade-in. */
export class ServedReasonsView {
  /** Each of them, with how customers read it. */
  @ListOf(() => TradeInReasonDto, 0, 200)
  items: TradeInReasonDto[];
}

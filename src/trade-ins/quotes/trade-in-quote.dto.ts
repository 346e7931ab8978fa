import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, IdentifierText, ListOf, Maybe, OneOf } from '../../values/fields.js';
import { AnswerDto } from '../rules/question-set.dto.js';
import { TRADE_IN_CHANNELS, type TradeInChannel } from '../rules/terms.words.js';
import { QUOTE_STATES, type QuoteState } from './trade-in-quote.lifecycle.js';

export class QuoteTradeInDto {
  /** The IMEI, as the handset shows it for `*#06#`. */
  @IdentifierText()
  identifier: string;
  /** Which hardware it is, where the IMEI does not tell. */
  @Maybe()
  @Id()
  variantId?: string;
  /** How the handset is to come to us. */
  @OneOf(TRADE_IN_CHANNELS, 'TradeInChannel')
  channel: TradeInChannel;
  /** Where it is handed in; left out, the caller's own store. Not with MAIL. */
  @Maybe()
  @Id()
  locationId?: string;
  /** The billing account that credits go to. */
  @Maybe()
  @Id()
  accountId?: string;
  /** What the owner answered. */
  @ListOf(() => AnswerDto, 0, 60)
  answers: AnswerDto[];
}

export class TradeInQuoteParams {
  /** The quote. */
  @Id()
  id: string;
}

export class TradeInQuotesQuery extends PageQuery {
  /** Only quotes that stand like this. */
  @Maybe()
  @OneOf(QUOTE_STATES, 'TradeInQuoteState')
  status?: QuoteState;
  /** Only quotes made at this location. */
  @Maybe()
  @Id()
  locationId?: string;
}

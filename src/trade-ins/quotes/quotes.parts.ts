import { QuoteLooking } from './quote-looking.js';
import { QuoteMaking } from './quote-making.js';
import { QuotePlaces } from './quote-place.js';
import { TradeInQuotesController } from './trade-in-quotes.controller.js';
import { TradeInQuotesReads } from './trade-in-quotes.query.js';
import { TradeInQuotes } from './trade-in-quotes.service.js';

export const QUOTE_PARTS = {
  controllers: [TradeInQuotesController],
  providers: [QuoteLooking, QuoteMaking, QuotePlaces, TradeInQuotesReads, TradeInQuotes],
};

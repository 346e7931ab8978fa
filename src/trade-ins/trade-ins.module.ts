import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BlockListsModule } from '../block-lists/block-lists.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { EventsModule } from '../events/events.module.js';
import { StockModule } from '../stock/stock.module.js';
import { HandsetChecks } from './checks/handset-checks.js';
import { INSPECTION_PARTS } from './inspections/inspections.parts.js';
import { INTAKE_PARTS } from './intake/intake.parts.js';
import { LAW_ENFORCEMENT_PARTS } from './law-enforcement/law-enforcement.parts.js';
import { LetterSources } from './letters/letter-sources.js';
import { SellerLetters } from './letters/seller-letters.js';
import { TradeInMessagesController } from './messages/messages.controller.js';
import { TradeInMessages } from './messages/messages.service.js';
import { MONEY_PARTS } from './money/money.parts.js';
import { PHOTOGRAPH_PARTS } from './photographs/photographs.parts.js';
import { POLICE_REPORT_PARTS } from './police-reports/police-reports.parts.js';
import { PRICE_BOOK_PARTS } from './price-books/price-books.parts.js';
import { OfferedHandsets } from './questions/offered-handsets.js';
import { TradeInQuestionsController } from './questions/questions.controller.js';
import { QUOTE_PARTS } from './quotes/quotes.parts.js';
import { RULE_PARTS } from './rules/rules.parts.js';
import { SELLER_PARTS } from './sellers/sellers.parts.js';
import { TradeInReviews } from './trades/reviews.service.js';
import { TradeInsController } from './trades/trade-ins.controller.js';
import { TradeInsReads } from './trades/trade-ins.query.js';
import { MonthlyCredits } from './waiting/monthly-credits.js';
import { PayoutWatch } from './waiting/payout-watch.js';
import { SilentTrades } from './waiting/silent-trades.js';

/** A customer hands in a handset for credit: price book, quote, inspection, settlement. */
@Module({
  imports: [DevicesModule, StockModule, AccountsModule, BlockListsModule, EventsModule],
  controllers: [
    TradeInQuestionsController,
    ...QUOTE_PARTS.controllers,
    TradeInsController,
    ...INTAKE_PARTS.controllers,
    ...INSPECTION_PARTS.controllers,
    ...MONEY_PARTS.controllers,
    TradeInMessagesController,
    ...PHOTOGRAPH_PARTS.controllers,
    ...PRICE_BOOK_PARTS.controllers,
    ...RULE_PARTS.controllers,
    ...SELLER_PARTS.controllers,
    ...POLICE_REPORT_PARTS.controllers,
    ...LAW_ENFORCEMENT_PARTS.controllers,
  ],
  providers: [
    HandsetChecks,
    LetterSources,
    OfferedHandsets,
    TradeInMessages,
    TradeInReviews,
    TradeInsReads,
    MonthlyCredits,
    PayoutWatch,
    SellerLetters,
    SilentTrades,
    ...QUOTE_PARTS.providers,
    ...INTAKE_PARTS.providers,
    ...INSPECTION_PARTS.providers,
    ...MONEY_PARTS.providers,
    ...PHOTOGRAPH_PARTS.providers,
    ...PRICE_BOOK_PARTS.providers,
    ...RULE_PARTS.providers,
    ...SELLER_PARTS.providers,
    ...POLICE_REPORT_PARTS.providers,
    ...LAW_ENFORCEMENT_PARTS.providers,
  ],
})
export class TradeInsModule {}

import { TradeInCheck } from './checks/trade-in-check.entity.js';
import { CounterOffer } from './inspections/counter-offer.entity.js';
import { TradeInInspection } from './inspections/trade-in-inspection.entity.js';
import { LawEnforcementRequest } from './law-enforcement/law-enforcement-request.entity.js';
import { TradeInMessage } from './messages/trade-in-message.entity.js';
import { CreditInstalment } from './money/credit-instalment.entity.js';
import { MoneyEntry } from './money/money-entry.entity.js';
import { TradeInCredit } from './money/trade-in-credit.entity.js';
import { TradeInPhotograph } from './photographs/trade-in-photograph.entity.js';
import { PoliceReport } from './police-reports/police-report.entity.js';
import { PoliceReportBatch } from './police-reports/police-report-batch.entity.js';
import { PriceBook } from './price-books/price-book.entity.js';
import { PriceBookVersion } from './price-books/price-book-version.entity.js';
import { PriceDeduction } from './price-books/price-deduction.entity.js';
import { PriceLine } from './price-books/price-line.entity.js';
import { TradeInQuote } from './quotes/trade-in-quote.entity.js';
import { TradeInRule } from './rules/trade-in-rule.entity.js';
import { BarredSeller } from './sellers/barred-seller.entity.js';
import { Seller } from './sellers/seller.entity.js';
import { TradeIn } from './trades/trade-in.entity.js';

export const TRADE_IN_ENTITIES = [
  TradeInRule,
  PriceBook,
  PriceBookVersion,
  PriceLine,
  PriceDeduction,
  TradeInQuote,
  Seller,
  BarredSeller,
  TradeIn,
  TradeInCheck,
  TradeInPhotograph,
  TradeInMessage,
  TradeInInspection,
  CounterOffer,
  MoneyEntry,
  TradeInCredit,
  CreditInstalment,
  PoliceReportBatch,
  PoliceReport,
  LawEnforcementRequest,
];

import { Credits } from './credits.js';
import { MoneyEntries } from './money-entries.query.js';
import { PayoutChecks } from './payout-checks.js';
import { PayoutHandsets } from './payout-handsets.js';
import { Payouts } from './payouts.service.js';
import { Settlement } from './settlement.service.js';
import { TradeInMoneyController } from './trade-in-money.controller.js';
import { Validation } from './validation.js';
import { WriteOffs } from './write-offs.service.js';

export const MONEY_PARTS = {
  controllers: [TradeInMoneyController],
  providers: [Credits, MoneyEntries, PayoutChecks, PayoutHandsets, Payouts, Settlement, Validation, WriteOffs],
};

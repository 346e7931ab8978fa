import { ClawBacks } from './claw-backs.service.js';
import { Credits } from './credits.js';
import { KeptHandsets } from './kept-handsets.js';
import { MoneyEntries } from './money-entries.query.js';
import { PayoutChecks } from './payout-checks.js';
import { PayoutHandsets } from './payout-handsets.js';
import { Payouts } from './payouts.service.js';
import { Settlement } from './settlement.service.js';
import { TradeInLossesController } from './trade-in-losses.controller.js';
import { TradeInMoneyController } from './trade-in-money.controller.js';
import { Validation } from './validation.js';
import { WriteOffs } from './write-offs.service.js';

export const MONEY_PARTS = {
  controllers: [TradeInMoneyController, TradeInLossesController],
  providers: [
    ClawBacks,
    Credits,
    KeptHandsets,
    MoneyEntries,
    PayoutChecks,
    PayoutHandsets,
    Payouts,
    Settlement,
    Validation,
    WriteOffs,
  ],
};

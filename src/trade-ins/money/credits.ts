import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { payOffDevice } from '../../accounts/devices/pay-off.js';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { addMonths, type Day } from '../../values/day.js';
import { newId } from '../../values/id.js';
import { instalments } from '../../values/money.js';
import type { PaymentPlanDto } from '../rules/terms.dto.js';
import type { Instrument, TaxTreatment } from '../rules/terms.words.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import { post, type Posting } from './ledger.js';
import type { Component, CreditState, LedgerAccount } from './money.words.js';

/** What is to be paid for a trade-in, in minor units. */
export interface Amounts {
  marketMinor: number;
  extraMinor: number;
}

/** How it is to be paid. */
export interface Payment extends Amounts {
  plan: PaymentPlanDto;
  /** What is still owed for the handset, for EIP_PAYOFF. */
  owedMinor: number;
  /** The day that monthly credits count from. */
  from: Day;
}

interface CreditRow {
  id: string;
  component: Component;
  instrument: Instrument;
  amountMinor: number;
}

interface AskedCredit extends CreditRow {
  taxTreatment: TaxTreatment | null;
}

/** The account that each instrument is paid into. */
export const PAID_INTO: Readonly<Record<Instrument, LedgerAccount>> = {
  BILL_CREDIT: 'CUSTOMER_ACCOUNT',
  MONTHLY_CREDITS: 'CUSTOMER_ACCOUNT',
  EIP_PAYOFF: 'EIP_RECEIVABLE',
  GIFT_CARD: 'GIFT_CARD_LIABILITY',
  CARD_REFUND: 'CARD_CLEARING',
  BANK_TRANSFER: 'BANK_CLEARING',
};

/** Instruments that end on a billing account. */
export const ON_ACCOUNT: readonly Instrument[] = ['BILL_CREDIT', 'MONTHLY_CREDITS', 'EIP_PAYOFF'];

/** Gives customers what they are owed, each in its own way. What goes to a system outside waits for its word. */
@Injectable()
export class Credits {
  private readonly billingIsHere: boolean;

  constructor(@Inject(SETTINGS_TOKEN) settings: Settings) {
    this.billingIsHere = settings.BILLING_URL === '';
  }

  /**
   * Writes down what is to be paid and pays what can be paid here. What is given on top costs us when it is granted, but
   * month by month where it may still be stopped.
   */
  async grant(tx: EntityManager, by: Doer, trade: TradeIn, payment: Payment): Promise<void> {
    if (payment.plan.instrument !== 'MONTHLY_CREDITS') {
      await post(tx, by, trade, [
        {
          ...{ event: 'PROMOTION_GRANTED', debit: 'PROMOTION_EXPENSE', credit: 'CUSTOMER_PAYABLE' },
          ...{ amountMinor: payment.extraMinor, component: 'PROMOTION' },
        },
      ]);
    }
    for (const credit of creditsOf(payment)) {
      const here = this.billingIsHere && ON_ACCOUNT.includes(credit.instrument);
      const taxTreatment = taxOf(payment.plan, credit.component);
      await insertCredit(tx, trade, { ...credit, taxTreatment, status: here ? 'CREDITING' : 'REQUESTED' });
      await ask(tx, by, trade, { ...credit, taxTreatment });
      if (here) await this.payHere(tx, by, trade, credit, payment);
    }
  }

  /** Asks once more for what could not be paid. */
  async askAgain(tx: EntityManager, by: Doer, trade: TradeIn): Promise<void> {
    const [failed]: [AskedCredit[], number] = await tx.query(
      `update trade_in_credit set status = 'REQUESTED', failure = null, ended_at = null
       where trade_in_id = $1 and status = 'FAILED'
       returning id, component, instrument, amount_minor::float8 as "amountMinor", tax_treatment as "taxTreatment"`,
      [trade.id],
    );
    for (const credit of failed) await ask(tx, by, trade, credit);
  }

  /** Pays a credit, when a system outside has confirmed it or here: at once, or month by month from now on. */
  async pay(tx: EntityManager, by: Doer, trade: TradeIn, credit: CreditRow, payment: Payment): Promise<void> {
    if (credit.instrument === 'MONTHLY_CREDITS') return schedule(tx, credit, payment);
    await post(tx, by, trade, [payoutOf(credit)]);
    await tx.query(`update trade_in_credit set status = 'PAID', ended_at = now() where id = $1`, [credit.id]);
  }

  private async payHere(
    tx: EntityManager,
    by: Doer,
    trade: TradeIn,
    credit: CreditRow,
    payment: Payment,
  ): Promise<void> {
    if (credit.instrument === 'EIP_PAYOFF') {
      await payOffDevice(tx, trade.receivedImei14 ?? trade.imei14, credit.amountMinor);
    }
    await this.pay(tx, by, trade, credit, payment);
  }
}

/** The posting of a credit that is paid at once. */
const payoutOf = ({ id, instrument, component, amountMinor }: CreditRow): Posting => ({
  ...{ event: 'PAYOUT_MADE', debit: 'CUSTOMER_PAYABLE', credit: PAID_INTO[instrument] },
  ...{ amountMinor, component, creditId: id },
});

/** What is owed for the handset is paid first; what is left goes on the bill. */
function creditsOf({ marketMinor, extraMinor, plan, owedMinor }: Payment): CreditRow[] {
  const amounts: [Component, number][] = [
    ['MARKET', marketMinor],
    ['PROMOTION', extraMinor],
  ];
  let owed = plan.instrument === 'EIP_PAYOFF' ? owedMinor : 0;
  const credits = amounts.flatMap(([component, amountMinor]): CreditRow[] => {
    if (plan.instrument !== 'EIP_PAYOFF') return [{ id: newId(), component, instrument: plan.instrument, amountMinor }];
    const off = Math.min(owed, amountMinor);
    owed -= off;
    return [
      { id: newId(), component, instrument: 'EIP_PAYOFF', amountMinor: off },
      { id: newId(), component, instrument: 'BILL_CREDIT', amountMinor: amountMinor - off },
    ];
  });
  return credits.filter(({ amountMinor }) => amountMinor > 0);
}

const taxOf = ({ marketTax, extraTax }: PaymentPlanDto, component: Component): TaxTreatment | null =>
  (component === 'MARKET' ? marketTax : extraTax) ?? null;

const insertCredit = (tx: EntityManager, trade: TradeIn, credit: AskedCredit & { status: CreditState }) =>
  tx.query(
    `insert into trade_in_credit (id, trade_in_id, component, instrument, status, amount_minor, currency, account_id,
       tax_treatment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[credit.id, trade.id, credit.component, credit.instrument, credit.status, credit.amountMinor, trade.currency],
      ...[trade.accountId, credit.taxTreatment],
    ],
  );

/** Billing or whoever pays is asked through the outbox, never within the act. */
const ask = (tx: EntityManager, by: Doer, { id, currency, accountId, locationId }: TradeIn, credit: AskedCredit) => {
  const { id: creditId, component, instrument, amountMinor, taxTreatment } = credit;
  return publish(tx, by, {
    type: ON_ACCOUNT.includes(instrument) ? 'credit-memo.requested' : 'payout.requested',
    ...{ aggregateKind: 'trade-in', aggregateId: id, locationId },
    payload: { creditId, component, instrument, amountMinor, currency, accountId, taxTreatment },
  });
};

/** The months of a plan; those that passed since the day counted from fall due at once. */
async function schedule(tx: EntityManager, { id, amountMinor }: CreditRow, { plan, from }: Payment): Promise<void> {
  const amounts = instalments(amountMinor, plan.months!, plan.remainder ?? 'FIRST');
  await tx.query(
    `insert into credit_instalment (credit_id, no, due_on, amount_minor, status)
     select $1, i.no, i.due_on, i.amount, 'DUE' from unnest($2::smallint[], $3::date[], $4::bigint[]) as i (no, due_on, amount)`,
    [id, amounts.map((_, at) => at + 1), amounts.map((_, at) => addMonths(from, at + 1)), amounts],
  );
  await tx.query(`update trade_in_credit set status = 'CREDITING' where id = $1`, [id]);
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { InvalidInput, NotFound, WrongState } from '../../platform/problems.js';
import { dayIn } from '../../values/time.js';
import { type CheckResult, HandsetChecks } from '../checks/handset-checks.js';
import { ON_ACCOUNT } from '../money/credits.js';
import { readPlace } from '../quotes/quote-place.js';
import { type QuoteRow, readQuote } from '../quotes/trade-in-quotes.query.js';
import type { PlanOffer } from '../quotes/valuation.js';
import { OfferedHandsets } from '../questions/offered-handsets.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import type { PaymentPlanDto } from '../rules/terms.dto.js';
import { sellerReasons, statementFaults } from '../sellers/eligibility.js';
import { AcceptanceRefused, QuoteExpired, QuoteNotBought, SellerNotEligible } from '../trades/trade-ins.errors.js';
import type { AcceptTradeInDto } from './intake.dto.js';

/** What is agreed when an offer is taken. */
export interface Agreed {
  quote: QuoteRow;
  terms: RuleInForce<'TERMS'>;
  jurisdiction: RuleInForce<'JURISDICTION'>;
  plan: PaymentPlanDto;
  offer: PlanOffer;
  accountId: string | null;
  checks: CheckResult[];
  owedMinor: number;
  timeZone: string;
}

/** For a handset that is only taken to be recycled there is nothing to be paid. */
const RECYCLING: PaymentPlanDto = {
  ...{ code: 'RECYCLE', instrument: 'BILL_CREDIT', extraBasisPoints: 0, timing: 'ON_VALIDATION' },
  ...{ catchUp: false, stopOn: [], text: { en: 'Recycling', es: 'Reciclaje' } },
};

export const planOf = (terms: RuleInForce<'TERMS'>, code: string): PaymentPlanDto =>
  terms.content.plans.find((plan) => plan.code === code) ?? RECYCLING;

/** Holds an acceptance against the quote, the terms and the law it was made under, before anything is written. */
@Injectable()
export class AcceptanceTerms {
  constructor(
    private readonly db: DataSource,
    private readonly book: RuleBook,
    private readonly handsets: OfferedHandsets,
    private readonly checks: HandsetChecks,
  ) {}

  /** @throws InvalidInput, NotFound, WrongState, QuoteExpired, QuoteNotBought, SellerNotEligible, AcceptanceRefused */
  async agree({ caller }: Call, quoteId: string, form: AcceptTradeInDto): Promise<Agreed> {
    const quote = await readQuote(this.db, quoteId, caller);
    needTaken(quote);
    const terms = (await this.book.version(quote.snapshot.terms.id)) as RuleInForce<'TERMS'>;
    const jurisdiction = (await this.book.version(quote.snapshot.jurisdiction!.id)) as RuleInForce<'JURISDICTION'>;
    const { timeZone } = await readPlace(this.db, quote.locationId);
    const offer = needPlan(quote, form);
    const accountId = await this.accountFor(quote, offer, form, caller.role === 'CUSTOMER' ? caller.subject : null);
    needSeller(jurisdiction, form, dayIn(timeZone, new Date()));
    const { record } = await this.handsets.ofImei(quote.imei14, quote.snapshot.hardware.variantId);
    const { checks, owedMinor } = await this.checks.look(quote.imei14, record);
    const failed = checks.filter(({ outcome }) => outcome === 'FAIL').map(({ name }) => name);
    if (failed.length) throw new AcceptanceRefused('We cannot take this handset as things stand.', { checks: failed });
    const plan = planOf(terms, form.planCode);
    return { ...{ quote, terms, jurisdiction, plan, offer, accountId, checks, timeZone }, owedMinor: owedMinor ?? 0 };
  }

  /** @throws InvalidInput, NotFound */
  private async accountFor(quote: QuoteRow, offer: PlanOffer, form: AcceptTradeInDto, subject: string | null) {
    const accountId = quote.accountId ?? form.accountId ?? null;
    if (form.accountId !== undefined && form.accountId !== accountId) {
      throw faulty('/accountId', 'OTHER_ACCOUNT', 'The quote names another billing account: quote again for this one.');
    }
    if (accountId === null) {
      if (!ON_ACCOUNT.includes(offer.instrument) || offer.totalMinor === 0) return null;
      throw faulty('/accountId', 'MISSING', 'This way to be paid needs a billing account.');
    }
    const [account]: { currency: string }[] = await this.db.query(
      'select currency from billing_account where id = $1 and ($2::text is null or customer_subject = $2)',
      [accountId, subject],
    );
    if (!account) throw new NotFound('No such account, or not yours.');
    if (account.currency === quote.currency) return accountId;
    throw faulty('/accountId', 'OTHER_CURRENCY', `The account is kept in ${account.currency}.`);
  }
}

const faulty = (pointer: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer, code, detail }]);

function needTaken({ status, snapshot, expiresAt }: QuoteRow): void {
  const { outcome, reasons } = snapshot;
  if (outcome === 'REFUSED') throw new QuoteNotBought('We do not take this handset; see facts.', { reasons });
  if (status === 'EXPIRED') {
    throw new QuoteExpired('The quote was good until then: ask for a new one.', { expiredAt: expiresAt.toISOString() });
  }
  if (status !== 'OFFERED') throw new WrongState(`Cannot accept: it is ${status}.`, { state: status, possible: [] });
}

function needPlan({ snapshot }: QuoteRow, { planCode, termsHash }: AcceptTradeInDto): PlanOffer {
  if (termsHash !== snapshot.terms.hash) {
    throw faulty('/termsHash', 'OTHER_TERMS', 'These are not the terms of the quote: show the seller those.');
  }
  const offer = snapshot.plans.find(({ code }) => code === planCode);
  if (offer) return offer;
  throw faulty('/planCode', 'UNKNOWN_PLAN', 'The quote does not offer this way to be paid.');
}

function needSeller({ content }: RuleInForce<'JURISDICTION'>, { seller }: AcceptTradeInDto, today: string): void {
  const reasons = sellerReasons(content, seller, today);
  if (reasons.length) throw new SellerNotEligible('The law of the place stands in the way; see facts.', { reasons });
  const faults = statementFaults(content, seller);
  if (faults.length) throw new InvalidInput('The seller has to state more; see errors.', {}, faults);
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { oneOf } from '../../platform/one-of.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { newShortNumber } from '../../values/short-number.js';
import { newId } from '../../values/id.js';
import { dayIn } from '../../values/time.js';
import { keepChecks, sellerChecks } from '../checks/trade-checks.js';
import { Credits } from '../money/credits.js';
import { post } from '../money/ledger.js';
import { moveQuote } from '../quotes/trade-in-quotes.service.js';
import { type SealedSeller, SellerDesk } from '../sellers/seller-desk.js';
import { TradeIn } from '../trades/trade-in.entity.js';
import { FRUITLESS_STATES, OPEN_STATES } from '../trades/trade-in.lifecycle.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { AcceptanceRefused, NoMoreWanted, TradeInAlreadyOpen } from '../trades/trade-ins.errors.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { recordAccepted } from './accepted.js';
import { AcceptanceTerms, type Agreed } from './acceptance-terms.js';
import type { AcceptTradeInDto } from './intake.dto.js';

const alreadyOpen = () => new TradeInAlreadyOpen('Another trade-in of this handset is under way: it has to end first.');
constraintMeans('trade_in_open_key', alreadyOpen);

/** The owner takes the offer: the quote becomes a trade-in, once. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly acts: Acts,
    private readonly terms: AcceptanceTerms,
    private readonly desk: SellerDesk,
    private readonly credits: Credits,
  ) {}

  /**
   * Takes the offer in one transaction: seller, trade-in, checks, and what is paid before the handset is seen.
   * @throws InvalidInput, NotFound, Stale, WrongState, QuoteExpired, QuoteNotBought, SellerNotEligible, NoMoreWanted,
   *   TradeInAlreadyOpen, AcceptanceRefused
   */
  async accept(call: Call, quoteId: string, form: AcceptTradeInDto): Promise<TradeInView> {
    // Sent again, it is answered as before: by now the quote has been taken.
    if (await this.acts.isKnown(call)) return this.acts.once(call, () => Promise.reject(alreadyOpen()));
    const [agreed, seller] = await Promise.all([this.terms.agree(call, quoteId, form), this.desk.seal(form.seller)]);
    return this.acts.once(call, async (tx) => {
      await needNoneOpen(tx, agreed);
      await moveQuote(tx, call, agreed.quote, 'accept');
      await needPlaceUnderLine(tx, agreed);
      const trade = await this.write(tx, call, agreed, seller);
      await supersedeOthers(tx, agreed);
      if (mayBePaidAhead(agreed, trade)) await this.payAhead(tx, call, trade, agreed);
      await recordAccepted(tx, call, trade);
      return readTrade(tx, trade.id, call.caller);
    });
  }

  private async write(tx: EntityManager, call: Call, agreed: Agreed, seller: SealedSeller): Promise<TradeIn> {
    const { terms, jurisdiction, accountId } = agreed;
    const sellerId = await this.desk.write(tx, seller);
    const own = await sellerChecks(tx, { sellerId, accountId, employee: call.actor }, terms.content.limits);
    // Not a word on why: whoever is on the list is not warned.
    if (own.some(({ outcome }) => outcome === 'FAIL')) {
      throw new AcceptanceRefused('We cannot take this handset as things stand.');
    }
    const checks = [...agreed.checks, ...own];
    const review = checks.filter(({ outcome }) => outcome === 'REVIEW').map(({ name }) => name);
    const id = newId();
    await tx.query(INSERT, [
      ...[id, newShortNumber(), agreed.quote.id, agreed.quote.channel, agreed.quote.locationId, agreed.quote.currency],
      ...[agreed.quote.imei14, agreed.quote.snapshot.hardware.variantId, accountId, agreed.quote.subject, sellerId],
      ...[jurisdiction.id, terms.id, agreed.plan.code, agreed.offer.totalMinor],
      ...[agreed.quote.snapshot.price?.versionId ?? null, agreed.quote.lineKey, review.filter(needsReview)],
      ...[call.actor, terms.content.deadlineDays, seller.sealed, jurisdiction.content.identityDays],
    ]);
    await keepChecks(tx, id, 'ACCEPTANCE', checks);
    return tx.findOneByOrFail(TradeIn, { id });
  }

  /** What is paid before the handset is seen is owed by it until it is here. */
  private async payAhead(tx: EntityManager, call: Call, trade: TradeIn, agreed: Agreed): Promise<void> {
    await post(tx, call, trade, [
      {
        ...{ event: 'CREDIT_GRANTED', debit: 'TRADE_IN_RECEIVABLE', credit: 'CUSTOMER_PAYABLE' },
        ...{ amountMinor: agreed.offer.marketMinor, component: 'MARKET' },
      },
    ]);
    const from = dayIn(agreed.timeZone, new Date());
    await this.credits.grant(tx, call, trade, {
      ...agreed.offer,
      plan: agreed.plan,
      owedMinor: agreed.owedMinor,
      from,
    });
  }
}

/** Before anybody has seen the handset, money moves only where nothing at all speaks against it; else once it is settled. */
function mayBePaidAhead({ plan, terms, offer, checks, owedMinor }: Agreed, { review }: TradeIn): boolean {
  const clean = checks.every(({ name, outcome }) => name !== 'BLOCK_LISTS' || outcome === 'PASS');
  const free = owedMinor === 0 || plan.instrument === 'EIP_PAYOFF';
  const small = offer.totalMinor <= terms.content.secondPersonAboveMinor;
  return plan.timing === 'ON_ACCEPTANCE' && clean && free && small && review.length === 0;
}

/** What is financed pays for itself; that alone is nothing for a person to look at. */
const needsReview = (name: string): boolean => name !== 'OWN_FINANCE';

/**
 * All quotes of the handset are locked first, in one order, so that of two acceptances one comes after the other and is
 * told why it came too late. @throws TradeInAlreadyOpen
 */
async function needNoneOpen(tx: EntityManager, { quote: { imei14 } }: Agreed): Promise<void> {
  await tx.query(`select from trade_in_quote where imei14 = $1 and status = 'OFFERED' order by id for no key update`, [
    imei14,
  ]);
  const open: unknown[] = await tx.query(OPEN, [imei14]);
  if (open.length) throw alreadyOpen();
}

const TAKEN = `
  select count(*)::int as taken from trade_in
  where price_version_id = $1 and line_key = $2 and not (${oneOf('status', FRUITLESS_STATES)})`;

const OPEN = `select 1 from trade_in where imei14 = $1 and ${oneOf('status', OPEN_STATES)}`;

/** A price that is given so many times only: the line stays locked while it is counted. @throws NoMoreWanted */
async function needPlaceUnderLine(tx: EntityManager, { quote }: Agreed): Promise<void> {
  const { price } = quote.snapshot;
  if (!price || quote.lineKey === null) return;
  const [modelId, storageGb, lock, grade, functional] = quote.lineKey.split(' ');
  const [line]: { wanted: number | null }[] = await tx.query(
    `select wanted from price_line where version_id = $1 and model_id = $2 and storage_gb = $3 and carrier_lock = $4
       and grade = $5 and functional = $6 and wanted is not null for update`,
    [price.versionId, modelId, storageGb, lock, grade, functional],
  );
  if (!line) return;
  const [{ taken }]: [{ taken: number }] = await tx.query(TAKEN, [price.versionId, quote.lineKey]);
  if (taken < line.wanted!) return;
  throw new NoMoreWanted('As many at this price as are wanted have been taken: ask for a new quote.', {
    wanted: line.wanted,
  });
}

/** Other quotes of the handset are worth nothing once one is taken. */
const supersedeOthers = (tx: EntityManager, { quote }: Agreed): Promise<unknown> =>
  tx.query(
    `update trade_in_quote set status = 'SUPERSEDED', version = version + 1
     where imei14 = $1 and status = 'OFFERED' and id <> $2`,
    [quote.imei14, quote.id],
  );

const INSERT = `
  insert into trade_in (id, number, quote_id, status, channel, location_id, currency, imei14, variant_id, account_id,
    subject, seller_id, jurisdiction_id, terms_id, plan_code, quoted_minor, price_version_id, line_key, review, accepted_by,
    deadline_at, seller_sealed, seller_until)
  values ($1, $2, $3, 'ACCEPTED', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
    now() + make_interval(days => $20), $21, now() + make_interval(days => $22))`;

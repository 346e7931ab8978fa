import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import type { CheckResult } from '../checks/handset-checks.js';
import { planOf } from '../intake/acceptance-terms.js';
import { readPlace } from '../quotes/quote-place.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import type { PaymentPlanDto } from '../rules/terms.dto.js';
import type { LossCover } from '../rules/terms.words.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { PayoutHandsets, SEEN_IMEIS } from './payout-handsets.js';
import { PayoutNotCleared } from '../trades/trade-ins.errors.js';

/** What was agreed of how a trade-in is paid. */
export interface AgreedPayout {
  plan: PaymentPlanDto;
  secondPersonAboveMinor: number;
}

/** What is known of a handset just before money moves. */
export interface PayoutLook extends AgreedPayout {
  checks: CheckResult[];
  /** Whether a registry has it, or somebody claims it. */
  listed: boolean;
  owedMinor: number;
  photographNeeded: boolean;
  timeZone: string;
  lossCover: LossCover;
}

interface TradeRefs {
  imei14s: string[];
  termsId: string;
  jurisdictionId: string;
}

const REFS = `
  select ${SEEN_IMEIS} as "imei14s", terms_id as "termsId", jurisdiction_id as "jurisdictionId" from trade_in t where id = $1`;

/** Looks at a handset once more before it is paid for, outside any transaction. */
@Injectable()
export class PayoutChecks {
  constructor(
    private readonly db: DataSource,
    private readonly book: RuleBook,
    private readonly handsets: PayoutHandsets,
  ) {}

  async look({ id, planCode, locationId }: TradeInView): Promise<PayoutLook> {
    const [refs]: TradeRefs[] = await this.db.query(REFS, [id]);
    const [{ checks, owedMinor }, terms, law, { timeZone }] = await Promise.all([
      this.handsets.findings(refs!.imei14s),
      this.book.version(refs!.termsId) as Promise<RuleInForce<'TERMS'>>,
      this.book.version(refs!.jurisdictionId) as Promise<RuleInForce<'JURISDICTION'>>,
      readPlace(this.db, locationId),
    ]);
    const lists = checks.find(({ name }) => name === 'BLOCK_LISTS')!;
    return {
      ...{ checks, listed: ['FAIL', 'REVIEW'].includes(lists.outcome), owedMinor: owedMinor ?? 0, timeZone },
      ...agreedBy(terms, planCode),
      photographNeeded: law.content.photographNeeded,
      lossCover: terms.content.lostInTransit ?? 'NOTHING',
    };
  }

  /** What the terms say of money, for acts that need nobody outside to be asked. */
  async agreed({ id, planCode }: TradeInView): Promise<AgreedPayout> {
    const [refs]: TradeRefs[] = await this.db.query(REFS, [id]);
    return agreedBy((await this.book.version(refs!.termsId)) as RuleInForce<'TERMS'>, planCode);
  }

  /** The unit must not be sold nor given back while somebody looks into it. */
  bar = (tx: EntityManager, by: Doer, trade: TradeIn): Promise<void> =>
    this.handsets.bar(tx, by, trade.unitId!, 'before');
}

const agreedBy = (terms: RuleInForce<'TERMS'>, planCode: string): AgreedPayout => ({
  plan: planOf(terms, planCode),
  secondPersonAboveMinor: terms.content.secondPersonAboveMinor,
});

/** Everything that keeps it from being paid now. @throws PayoutNotCleared */
export async function needCleared(tx: EntityManager, trade: TradeIn, look: PayoutLook): Promise<void> {
  const outcomeOf = (name: string) => look.checks.find((one) => one.name === name)?.outcome;
  const [{ photographs }]: [{ photographs: number }] = await tx.query(
    'select count(*)::int as photographs from trade_in_photograph where trade_in_id = $1',
    [trade.id],
  );
  const financed = look.owedMinor > 0 && look.plan.instrument !== 'EIP_PAYOFF' && Number(trade.agreedMinor) > 0;
  const reasons = [
    ...(outcomeOf('BLOCK_LISTS') === 'PASS' ? [] : ['BLOCK_LISTS_NOT_CLEAN']),
    ...(outcomeOf('OWN_FINANCE') === 'UNKNOWN' ? ['FINANCE_UNKNOWN'] : []),
    ...(financed ? ['FINANCED_OPEN'] : []),
    ...(trade.review.length && trade.reviewedBy === null ? ['REVIEW_PENDING'] : []),
    ...(look.photographNeeded && photographs === 0 ? ['PHOTOGRAPH_MISSING'] : []),
  ];
  if (reasons.length) throw new PayoutNotCleared('Nothing is paid before this is put right; see facts.', { reasons });
}

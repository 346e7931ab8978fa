import { Inject, Injectable } from '@nestjs/common';
import { BILLING, type Billing, type BillingFacts } from '../../accounts/billing-facts.js';
import { REGISTRIES, type Registries, type RegistryAnswer } from '../../block-lists/registry-answer.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { type HandsetRecord, HandsetRecords } from '../../stock/units/handset-records.js';
import type { IdentifierFacts } from '../eligibility/facts.js';
import { choosePolicy, PolicyBook } from '../policies/policy-book.js';
import type { UnlockPolicyFacts } from '../policies/policy-content.js';

/** A handset to be looked into, and the line that asks when it is known. */
export interface HandsetQuestion {
  imei14: string;
  lineId?: string | null;
}

/** What is known of a handset before anything is decided, and the policy it falls under. */
export interface Gathered {
  handset: HandsetRecord;
  identifiers: readonly [IdentifierFacts, ...IdentifierFacts[]];
  policy: UnlockPolicyFacts | undefined;
}

/** Under which policy a handset falls. */
@Injectable()
export class DecisionContext {
  constructor(
    private readonly book: PolicyBook,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  async policiesFor(handsets: readonly Omit<Gathered, 'policy'>[]): Promise<Gathered[]> {
    const published = await this.book.published();
    return handsets.map((one) => ({ ...one, policy: choosePolicy(published, this.keyOf(one)) }));
  }

  private keyOf({ handset, identifiers: [{ billing }] }: Omit<Gathered, 'policy'>) {
    const { device } = billing;
    return {
      jurisdiction: device?.jurisdiction ?? this.settings.HOME_JURISDICTION,
      brand: device?.brand ?? null,
      segment: device?.segment ?? null,
      purchasedOn: device?.purchasedOn ?? handset.soldOn,
      activatedOn: device?.activatedOn ?? null,
    };
  }
}

/** Asks billing, the registries and our own books. Never within a transaction: billing may be at the end of a network. */
@Injectable()
export class FactsGatherer {
  constructor(
    @Inject(BILLING) private readonly billing: Billing,
    @Inject(REGISTRIES) private readonly registries: Registries,
    private readonly handsets: HandsetRecords,
    private readonly context: DecisionContext,
  ) {}

  /** The facts of each handset, in their order; as many statements for a thousand as for one. */
  async gather(questions: readonly HandsetQuestion[]): Promise<Gathered[]> {
    const handsets = await this.handsets.recordsOf(questions.map(({ imei14 }) => imei14));
    const imeis = questions.flatMap(({ imei14, lineId }, at) =>
      [imei14, ...handsets[at]!.otherImei14s].map((one) => ({ imei14: one, lineId })),
    );
    const [billing, registries] = await Promise.all([
      this.billing.factsOf(imeis.map(({ imei14, lineId }) => ({ imei14, ...(lineId ? { lineId } : {}) }))),
      this.registries.check(imeis.map(({ imei14 }) => imei14)),
    ]);
    const facts = imeis.map(({ imei14 }, at) => factsOf(imei14, billing[at]!, registries[at]!));
    return this.context.policiesFor(grouped(handsets, facts));
  }
}

const factsOf = (imei14: string, billing: BillingFacts, registries: RegistryAnswer[]): IdentifierFacts => ({
  imei14,
  billing,
  registries,
});

/** The facts of a handset's IMEIs stand side by side, the one asked about first. */
function grouped(handsets: readonly HandsetRecord[], facts: readonly IdentifierFacts[]): Omit<Gathered, 'policy'>[] {
  let next = 0;
  return handsets.map((handset) => {
    const own = facts.slice(next, (next += 1 + handset.otherImei14s.length));
    return { handset, identifiers: own as [IdentifierFacts, ...IdentifierFacts[]] };
  });
}

import { Inject, Injectable } from '@nestjs/common';
import { BILLING, type Billing, type DeviceRecord } from '../../accounts/billing-facts.js';
import { REGISTRIES, type Registries, type RegistryAnswer, worstOf } from '../../block-lists/registry-answer.js';
import type { HandsetRecord } from '../../stock/units/handset-records.js';
import type { CheckName, CheckOutcome } from './check.words.js';

/** What one check found, who says so and when. */
export interface CheckResult {
  name: CheckName;
  outcome: CheckOutcome;
  source: string;
  checkedAt: string;
  /** What it rests on, such as the reasons of a listing. Never an identifier. */
  reference: string | null;
}

/** What was found out about a handset. */
export interface HandsetFindings {
  checks: CheckResult[];
  /** What is still owed to us for it, in minor units; null when billing does not know or did not answer. */
  owedMinor: number | null;
  owedCurrency: string | null;
}

const LISTING: Readonly<Record<RegistryAnswer['status'], CheckOutcome>> = {
  CLEAN: 'PASS',
  CLAIMED: 'REVIEW',
  BLOCKED: 'FAIL',
  UNKNOWN: 'UNKNOWN',
};

/** Asks the registries, billing and our own books about a handset. Never within a transaction. */
@Injectable()
export class HandsetChecks {
  constructor(
    @Inject(BILLING) private readonly billing: Billing,
    @Inject(REGISTRIES) private readonly registries: Registries,
  ) {}

  /** One finding for each check; the second IMEI of a dual-SIM handset counts as much as the first. */
  async look(
    imei14: string,
    record: Pick<HandsetRecord, 'otherImei14s' | 'held' | 'variantId'>,
  ): Promise<HandsetFindings> {
    const imeis = [imei14, ...record.otherImei14s];
    const [facts, answers] = await Promise.all([
      this.billing.factsOf(imeis.map((one) => ({ imei14: one }))),
      this.registries.check(imeis),
    ]);
    const owing = facts.map(({ reachable, device }) => (reachable ? owed(device) : null));
    const owedMinor = owing.includes(null) ? null : Math.max(...(owing as number[]));
    const { source, asOf, device } = facts[owing.indexOf(owedMinor)]!;
    const finance: CheckOutcome = owedMinor === null ? 'UNKNOWN' : owedMinor > 0 ? 'REVIEW' : 'PASS';
    const now = new Date().toISOString();
    return {
      owedMinor,
      owedCurrency: device?.financing?.currency ?? null,
      checks: [
        found('IDENTIFIER', record.variantId ? 'PASS' : 'REVIEW', 'catalogue', now),
        listing(answers.flat()),
        found('OWN_FINANCE', finance, source, asOf),
        found('OWN_STOCK', record.held === null ? 'PASS' : 'FAIL', 'stock', now, record.held),
      ],
    };
  }
}

/** Nothing is owed for a handset that billing never sold; null when billing does not say. */
const owed = (device: DeviceRecord | null): number | null =>
  !device || device.soldByUs === false ? 0 : (device.financing?.balanceMinor ?? null);

export const found = (
  name: CheckName,
  outcome: CheckOutcome,
  source: string,
  checkedAt: string,
  reference: string | null = null,
): CheckResult => ({ name, outcome, source, checkedAt, reference });

/** The word of all registries together, with the age of the oldest answer. */
function listing(answers: readonly RegistryAnswer[]): CheckResult {
  const reasons = [...new Set(answers.flatMap((answer) => answer.reasons))];
  const sources = [...new Set(answers.map(({ source }) => source))];
  const oldest = answers.map(({ checkedAt }) => checkedAt).sort()[0] ?? new Date().toISOString();
  return found(
    'BLOCK_LISTS',
    LISTING[worstOf(answers)],
    sources.join(' ') || 'none',
    oldest,
    reasons.join(' ') || null,
  );
}

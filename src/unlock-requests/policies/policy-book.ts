import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { UnlockPolicyFacts } from './policy-content.js';
import { SELECT_POLICY } from './unlock-policies.query.js';

/** How old the book may be: no version takes force on the day it is published, so nobody is judged by a stale one. */
const FRESH_MS = 2000;

/** What a device is looked up by. */
export interface PolicyKey {
  jurisdiction: string;
  brand: string | null;
  segment: string | null;
  purchasedOn: string | null;
  activatedOn: string | null;
}

/** All published policies, kept at hand: deciding asks for one every time, and they change a few times a year. */
@Injectable()
export class PolicyBook {
  private policies: Promise<readonly UnlockPolicyFacts[]> | undefined;
  private readAt = 0;

  constructor(private readonly db: DataSource) {}

  forget(): void {
    this.policies = undefined;
  }

  /** The policies in force, once or still. */
  async published(): Promise<readonly UnlockPolicyFacts[]> {
    if (!this.policies || Date.now() - this.readAt > FRESH_MS) {
      this.readAt = Date.now();
      const reading: Promise<UnlockPolicyFacts[]> = this.db.query(
        `${SELECT_POLICY} where status = 'PUBLISHED' order by effective_from`,
      );
      this.policies = reading;
      reading.catch(() => this.forget());
    }
    return this.policies;
  }
}

/**
 * Of all versions that cover the device's day, the one made most nearly for it: for its brand before any brand, its
 * segment before any segment, its place before the country; and of those the oldest, so that a device never moves on.
 */
export function choosePolicy(policies: readonly UnlockPolicyFacts[], key: PolicyKey): UnlockPolicyFacts | undefined {
  let chosen: UnlockPolicyFacts | undefined;
  let best = -1;
  for (const policy of policies) {
    const fit = fitOf(policy, key);
    const older = chosen !== undefined && fit === best && policy.effectiveFrom < chosen.effectiveFrom;
    if (fit > best || (fit >= 0 && older)) [chosen, best] = [policy, fit];
  }
  return chosen;
}

/** How nearly a policy is made for the device; -1 when it is not for it. */
function fitOf(
  { jurisdiction, brand, segment, anchor, effectiveFrom, effectiveTo }: UnlockPolicyFacts,
  key: PolicyKey,
) {
  const own = key.jurisdiction === jurisdiction;
  if (!own && !key.jurisdiction.startsWith(`${jurisdiction}-`)) return -1;
  if (brand !== null && brand !== key.brand) return -1;
  if (segment !== 'ANY' && segment !== key.segment) return -1;
  const day = anchor === 'PURCHASE_DATE' ? key.purchasedOn : key.activatedOn;
  if (day === null || day < effectiveFrom || (effectiveTo !== null && day > effectiveTo)) return -1;
  return (brand === null ? 0 : 4) + (segment === 'ANY' ? 0 : 2) + (own ? 1 : 0);
}

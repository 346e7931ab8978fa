import type { Instant } from '../accounts/billing-facts.js';

/**
 * What the registries say of a device. `BLOCKED` stops, `CLAIMED` is to be looked into, `UNKNOWN` is never clean: the
 * registry did not answer, or answered something that cannot be read.
 */
export const REGISTRY_STATUSES = ['CLEAN', 'CLAIMED', 'BLOCKED', 'UNKNOWN'] as const;
export type RegistryStatus = (typeof REGISTRY_STATUSES)[number];

/** Why a device stands on a list: the first five are of the block list, the last two of the general list. */
export const LISTING_REASONS = [
  'LOST_OR_STOLEN',
  'FRAUDULENTLY_OBTAINED',
  'NON_PAYMENT',
  'BROKEN_OR_FAULTY',
  'COURT_ORDER',
  'OWNERSHIP_CLAIM',
  'FINANCIAL_CLAIM',
] as const;
export type ListingReason = (typeof LISTING_REASONS)[number];

/** One registry's word on one device. */
export interface RegistryAnswer {
  /** `own` for the lists kept here, or the host of the registry. */
  source: string;
  status: RegistryStatus;
  /** Why it is listed; empty when it is not. */
  reasons: readonly ListingReason[];
  checkedAt: Instant;
}

/** Injection token of the port. */
export const REGISTRIES = Symbol('registries');

/** The port to the device registries: the lists kept here, and those of others when configured. */
export interface Registries {
  /** The answers of every registry for every device (fourteen digits), in the devices' order. Never throws. */
  check(imei14s: readonly string[]): Promise<RegistryAnswer[][]>;
}

/** The worst of several answers: blocked beats claimed beats unknown beats clean. */
export function worstOf(answers: readonly RegistryAnswer[]): RegistryStatus {
  const has = (status: RegistryStatus) => answers.some((answer) => answer.status === status);
  return has('BLOCKED')
    ? 'BLOCKED'
    : has('CLAIMED')
      ? 'CLAIMED'
      : has('UNKNOWN') || !answers.length
        ? 'UNKNOWN'
        : 'CLEAN';
}

import type { LicenceRule, ModelLifecycle } from './models/device-model.lifecycle.js';

/** What decides whether a SKU may be sold; all null for an accessory. */
export interface SaleFacts {
  lifecycle: ModelLifecycle | null;
  /** Last day of the maker's licence, such as 2014-04-25. */
  licenceEndsOn: string | null;
  licenceRule: LicenceRule | null;
}

/** Why a SKU may not be sold. */
export const SALE_BARS = ['NOT_YET_ON_SALE', 'NO_LONGER_ON_SALE', 'LICENCE_ENDED'] as const;
export type SaleBar = (typeof SALE_BARS)[number];

/** The licence holds through its last day. `today` is the day at the place of the sale, such as 2014-04-26. */
export const isLicenceEnded = ({ licenceEndsOn }: SaleFacts, today: string): boolean =>
  licenceEndsOn !== null && today > licenceEndsOn;

/** Everything that stands against selling it on a day; empty when it may be sold. */
export function saleBars(facts: SaleFacts, today: string): SaleBar[] {
  const { lifecycle, licenceRule } = facts;
  return [
    ...(lifecycle === 'ANNOUNCED' ? (['NOT_YET_ON_SALE'] as const) : []),
    ...(lifecycle === 'END_OF_SALE' || lifecycle === 'END_OF_SUPPORT' ? (['NO_LONGER_ON_SALE'] as const) : []),
    ...(licenceRule === 'STOP_SALE' && isLicenceEnded(facts, today) ? (['LICENCE_ENDED'] as const) : []),
  ];
}

export const mayBeSold = (facts: SaleFacts, today: string): boolean => saleBars(facts, today).length === 0;

/** Whether more of it may be ordered from the maker: only while it is on sale and licensed, whatever the rule. */
export const mayBeReordered = (facts: SaleFacts, today: string): boolean =>
  (facts.lifecycle === 'ON_SALE' || facts.lifecycle === null) && !isLicenceEnded(facts, today);

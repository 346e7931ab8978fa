import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, DateOnly, Id, ListOfIds, ListOfTexts, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import {
  ENTITLEMENT_KINDS,
  ENTITLEMENT_STATES,
  type EntitlementKind,
  type EntitlementState,
} from './entitlement.lifecycle.js';

export const ENTITLEMENT_CODE = /^[A-Z0-9][A-Z0-9-]*$/;
export const MOST_UNLOCKS = 1_000_000;
export const MOST_LOTS = 100;
const MOST_ITEMS = 1000;

export class ProposeEntitlementDto {
  /** Its name among entitlements, such as the number of the contract. */
  @Code(ENTITLEMENT_CODE, 60, 'LOT-2014-17')
  code: string;
  /** Whether it is for the buyer of lots or for a business. */
  @OneOf(ENTITLEMENT_KINDS, 'EntitlementKind')
  kind: EntitlementKind;
  /** Who has bought, or holds the accounts. */
  @Text(1, 200)
  owner: string;
  /** The subject of the tokens by which the owner asks. */
  @Text(1, 200)
  ownerSubject: string;
  /** The lots whose handsets may be unlocked; this or `accountIds` is needed. */
  @Maybe()
  @ListOfTexts(0, MOST_LOTS, 60)
  lots?: string[];
  /** The accounts whose handsets may be unlocked. */
  @Maybe()
  @ListOfIds(0, MOST_LOTS)
  accountIds?: string[];
  /** How many handsets may be unlocked under it. */
  @WholeNumber(1, MOST_UNLOCKS)
  unlockLimit: number;
  /** The last day it holds. */
  @DateOnly()
  endsOn: string;
}

export class EntitlementParams {
  /** The entitlement. */
  @Id()
  id: string;
}

export class EntitlementsQuery extends PageQuery {
  /** Only entitlements of this state. */
  @Maybe()
  @OneOf(ENTITLEMENT_STATES, 'EntitlementState')
  status?: EntitlementState;
}

export class ProposeBatchDto {
  /** The handsets by their IMEIs, 15 digits as printed. */
  @ListOfTexts(1, MOST_ITEMS, 64)
  identifiers: string[];
  /** What it is about, for whoever decides. */
  @Text(1, 500)
  note: string;
}

export class UnlockBatchParams {
  /** The batch. */
  @Id()
  id: string;
}

export class UnlockBatchQuery extends PageQuery {}

import { NextCursor } from '../../platform/http/page.js';
import {
  Code,
  DateOnly,
  Id,
  ListOf,
  ListOfChoices,
  ListOfIds,
  ListOfTexts,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import {
  BATCH_STATES,
  type BatchState,
  ENTITLEMENT_ACTS,
  ENTITLEMENT_KINDS,
  ENTITLEMENT_STATES,
  type EntitlementKind,
  type EntitlementState,
  ITEM_OUTCOMES,
  type ItemOutcome,
} from './entitlement.lifecycle.js';
import { ENTITLEMENT_CODE, MOST_LOTS, MOST_UNLOCKS } from './entitlements.dto.js';

const MOST = 2_147_483_647;

/** The right of a bulk holder to have handsets unlocked. */
export class EntitlementView {
  /** Its id. */
  @Id()
  id: string;
  /** Its name among entitlements. */
  @Code(ENTITLEMENT_CODE, 60)
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
  /** The lots whose handsets may be unlocked. */
  @ListOfTexts(0, MOST_LOTS, 60)
  lots: string[];
  /** The accounts whose handsets may be unlocked. */
  @ListOfIds(0, MOST_LOTS)
  accountIds: string[];
  /** How many handsets may be unlocked under it. */
  @WholeNumber(1, MOST_UNLOCKS)
  unlockLimit: number;
  /** How many have been asked for. */
  @WholeNumber(0, MOST_UNLOCKS)
  used: number;
  /** The last day it holds. */
  @DateOnly()
  endsOn: string;
  /** The last day before somebody has to look at it anew; null until it is approved. */
  @Nullable()
  @DateOnly()
  recertifyBy: string | null;
  /** Where it stands. */
  @OneOf(ENTITLEMENT_STATES, 'EntitlementState')
  status: EntitlementState;
  /** Who proposed it. */
  @Text(1, 200)
  authoredBy: string;
  /** Who approved it; null before. */
  @Nullable()
  @Text(1, 200)
  approvedBy: string | null;
  /** Who looked at it last; null before anybody did. */
  @Nullable()
  @Text(1, 200)
  recertifiedBy: string | null;
  /** What may be done with it now. */
  @ListOfChoices(Object.keys(ENTITLEMENT_ACTS), 'EntitlementAct')
  possibleActs: string[];
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, MOST)
  version: number;
}

export class EntitlementPageView {
  /** Entitlements, the latest first. */
  @ListOf(() => EntitlementView, 0, 200)
  items: EntitlementView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** A list of handsets to be unlocked under an entitlement. */
export class UnlockBatchView {
  /** Its id. */
  @Id()
  id: string;
  /** The entitlement. */
  @Id()
  entitlementId: string;
  /** Whether it was decided. */
  @OneOf(BATCH_STATES, 'UnlockBatchState')
  status: BatchState;
  /** What it is about. */
  @Text(1, 500)
  note: string;
  /** Who handed it in; somebody else decides. */
  @Text(1, 200)
  authoredBy: string;
  /** When it was handed in. */
  @Moment()
  authoredAt: string;
  /** Who decided; null before. */
  @Nullable()
  @Text(1, 200)
  decidedBy: string | null;
  /** When it was decided. */
  @Moment({ nullable: true })
  decidedAt: string | null;
  /** Handsets on the list. */
  @WholeNumber(1, 1000)
  handsets: number;
  /** Of them, those for which a request was made. */
  @WholeNumber(0, 1000)
  requested: number;
  /** Those that belong to none of its lots or accounts. */
  @WholeNumber(0, 1000)
  notInEntitlement: number;
  /** Those for which no place was left. */
  @WholeNumber(0, 1000)
  limitReached: number;
  /** Those that have a request already, or stand on the list twice. */
  @WholeNumber(0, 1000)
  duplicates: number;
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, MOST)
  version: number;
}

export class UnlockBatchItemView {
  /** Its place on the list, from 1. */
  @WholeNumber(1, 1000)
  n: number;
  /** Fifteen digits. */
  @Text(15, 15)
  imei: string;
  /** What became of it; null until the batch is approved. */
  @Nullable()
  @OneOf(ITEM_OUTCOMES, 'UnlockBatchOutcome')
  outcome: ItemOutcome | null;
  /** The request that was made for it. */
  @Nullable()
  @Id()
  requestId: string | null;
}

export class UnlockBatchPageView extends UnlockBatchView {
  /** Its handsets, as they were handed in. */
  @ListOf(() => UnlockBatchItemView, 0, 200)
  items: UnlockBatchItemView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

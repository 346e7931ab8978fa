import { Cents, Code, DateOnly, Flag, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Jurisdiction } from '../../values/jurisdiction.js';
import { FLOOR_STATES } from './unlock-floor.lifecycle.js';

export class UnlockFloorView {
  /** The floor. */
  @Code(/^[A-Z][A-Z0-9-]{1,39}$/, 40, 'CTIA-12')
  code: string;
  /** Where it holds. */
  @Jurisdiction()
  jurisdiction: string;
  /** Whether policies are held against it. */
  @OneOf(FLOOR_STATES, 'UnlockFloorState')
  status: string;
  /** The law or code it stands in. */
  @Text(3, 300)
  source: string;
  /** Days within which prepaid handsets are unlocked. */
  @Nullable()
  @WholeNumber(0, 3650)
  prepaidMostDays: number | null;
  /** Days after activation within which all are. */
  @Nullable()
  @WholeNumber(0, 3650)
  mostDaysAfterActivation: number | null;
  /** Business days within which a request is answered. */
  @Nullable()
  @WholeNumber(0, 100)
  responseMostBusinessDays: number | null;
  /** The most a customer pays, in minor units. */
  @Nullable()
  @Cents()
  customerMostFeeMinor: number | null;
  /** Months after which nobody pays. */
  @Nullable()
  @WholeNumber(0, 120)
  freeForAllAfterMonths: number | null;
  /** Whether payment in full may be asked. */
  @Flag()
  paymentMayBeAsked: boolean;
  /** Whether customers have to be told without asking. */
  @Flag()
  noticeNeeded: boolean;
  /** Whether deployed military need a way of their own. */
  @Flag()
  militaryPathNeeded: boolean;
  /** From when no handset may be sold locked. */
  @Nullable()
  @DateOnly()
  noLocksSoldFrom: string | null;
  /** The first day of a policy it applies to; null for all. */
  @Nullable()
  @DateOnly()
  inForceFrom: string | null;
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class UnlockFloorsView {
  /** Every floor, in force or not. */
  @ListOf(() => UnlockFloorView, 0, 2000)
  items: UnlockFloorView[];
}

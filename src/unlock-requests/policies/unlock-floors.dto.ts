import { Cents, Code, DateOnly, Flag, Maybe, Text, WholeNumber } from '../../values/fields.js';
import { Jurisdiction } from '../../values/jurisdiction.js';

const FLOOR_CODE = /^[A-Z][A-Z0-9-]{1,39}$/;

export class UnlockFloorParams {
  /** The floor. */
  @Code(FLOOR_CODE, 40, 'CTIA-12')
  code: string;
}

/** What the law of a place asks. What is left out it does not ask. */
export class UnlockFloorDto {
  /** Where it holds: a country, or a part of one. */
  @Jurisdiction()
  jurisdiction: string;
  /** The law or code it stands in. */
  @Text(3, 300)
  source: string;
  /** Prepaid handsets are unlocked within so many days. */
  @Maybe()
  @WholeNumber(0, 3650)
  prepaidMostDays?: number;
  /** All handsets are unlocked within so many days of their activation. */
  @Maybe()
  @WholeNumber(0, 3650)
  mostDaysAfterActivation?: number;
  /** A request is answered within so many business days. */
  @Maybe()
  @WholeNumber(0, 100)
  responseMostBusinessDays?: number;
  /** A customer pays at most so much, in minor units. */
  @Maybe()
  @Cents()
  customerMostFeeMinor?: number;
  /** Nobody pays anything after so many months. */
  @Maybe()
  @WholeNumber(0, 120)
  freeForAllAfterMonths?: number;
  /** Whether payment in full may be asked; left out, it may. */
  @Maybe()
  @Flag()
  paymentMayBeAsked?: boolean;
  /** Whether customers have to be told without asking; left out, not. */
  @Maybe()
  @Flag()
  noticeNeeded?: boolean;
  /** Whether deployed military need a way of their own; left out, not. */
  @Maybe()
  @Flag()
  militaryPathNeeded?: boolean;
  /** From this day no handset may be sold locked. */
  @Maybe()
  @DateOnly()
  noLocksSoldFrom?: string;
  /** The first day of a policy it applies to; left out, all. */
  @Maybe()
  @DateOnly()
  inForceFrom?: string;
}

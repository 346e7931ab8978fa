import type { Fault } from '../../platform/problem.js';
import { instalments, type Remainder } from '../../values/money.js';

/** The money of a price, in minor units. */
export interface PricePlan {
  amountMinor: number;
  downPaymentMinor: number;
  months: number | null;
  remainder: Remainder;
}

/** The monthly instalments, none without a plan; with the down payment they are exactly the price. */
export function planOf({ amountMinor, downPaymentMinor, months, remainder }: PricePlan): number[] {
  return months === null ? [] : instalments(amountMinor - downPaymentMinor, months, remainder);
}

/** What is wrong with a price, all of it. */
export function planFaults({ amountMinor, downPaymentMinor, months }: Omit<PricePlan, 'remainder'>): Fault[] {
  const fault = (code: string, detail: string): Fault => ({ in: 'body', pointer: '/downPaymentMinor', code, detail });
  return [
    ...(downPaymentMinor > amountMinor ? [fault('TOO_MUCH', 'The down payment is more than the price.')] : []),
    ...(months === null && downPaymentMinor > 0
      ? [fault('NOT_EXPECTED', 'There is no down payment without a plan.')]
      : []),
  ];
}

/** What a repair costs against what the handset will bring, in minor units of one currency. */
export interface Economics {
  /** What the handset cost before the order. */
  acquisitionMinor: number;
  /** What the work was estimated to cost. */
  estimatedMinor: number;
  /** What has been spent, and what parts are reserved for. */
  committedMinor: number;
  expectedSaleMinor: number;
}

/** Whether the repair costs more than it is worth. */
export const beyondEconomicRepair = (money: Economics): boolean =>
  money.acquisitionMinor + Math.max(money.estimatedMinor, money.committedMinor) > money.expectedSaleMinor;

/** What minutes of work cost at a rate an hour: whole minor units, half up, each entry by itself. */
export const labourMinor = (minutes: number, ratePerHourMinor: number): number =>
  Math.floor((minutes * ratePerHourMinor + 30) / 60);

/** What an order is estimated to cost. */
export const estimateMinor = (partsMinor: number, minutes: number, ratePerHourMinor: number): number =>
  partsMinor + labourMinor(minutes, ratePerHourMinor);

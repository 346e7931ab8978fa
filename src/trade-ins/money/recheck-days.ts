/**
 * How many days after a payout the block lists are looked at again. Handsets that are sold and then reported as lost, to
 * an insurer or another carrier, show up there within weeks.
 */
export const RECHECK_DAYS = [30, 60, 90] as const;

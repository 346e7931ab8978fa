import type { EntityManager } from 'typeorm';

/**
 * Takes an amount, in minor units, off what is owed for a device in the accounts kept here; it never goes below zero.
 * A step of acts of other rooms, such as a trade-in that pays for the handset handed in.
 */
export async function payOffDevice(tx: EntityManager, imei14: string, amountMinor: number): Promise<void> {
  await tx.query(
    `update device_record
     set balance_minor = greatest(balance_minor - $2, 0), version = version + 1,
         paid_off_at = case when balance_minor <= $2 then now() end,
         payoff_channel = case when balance_minor <= $2 then 'TRADE_IN' end,
         paid_off_early = balance_minor <= $2
     where imei14 = $1 and balance_minor > 0`,
    [imei14, amountMinor],
  );
}

/** Takes such a payment back: it is owed again, in the accounts kept here. A step. */
export async function oweDeviceAgain(tx: EntityManager, imei14: string, amountMinor: number): Promise<void> {
  await tx.query(
    `update device_record
     set balance_minor = balance_minor + $2, version = version + 1, paid_off_at = null, paid_off_early = false,
         payoff_channel = null, bill_closes_on = null
     where imei14 = $1`,
    [imei14, amountMinor],
  );
}

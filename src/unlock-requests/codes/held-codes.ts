import type { EntityManager } from 'typeorm';

/** A code that may be given out: held, in a file that a second person approved. */
export interface HeldCode {
  id: string;
  imei14: string;
  codeType: string;
  sealed: Buffer;
}

/** The IMEI that was asked about, and the first one of the handset. */
export interface HandsetNames {
  imei14: string;
  deviceImei14: string;
}

const HELD = `
  from unlock_code c join unlock_code_batch b on b.id = c.batch_id and b.status = 'APPROVED'
  where c.device_imei14 = any ($1::text[]) and c.status = 'HELD'`;

/** Whether we hold a code for the handset that has not been reported as failed. */
export async function holdsCode(db: Pick<EntityManager, 'query'>, of: HandsetNames): Promise<boolean> {
  const found: unknown[] = await db.query(`select 1 ${HELD} limit 1`, [[of.imei14, of.deviceImei14]]);
  return found.length > 0;
}

/** The codes of a handset, in the order they are to be tried. */
export async function heldCodes(
  db: Pick<EntityManager, 'query'>,
  of: HandsetNames,
  order: readonly string[],
): Promise<HeldCode[]> {
  return db.query(
    `select c.id, c.device_imei14 as imei14, c.code_type as "codeType", c.sealed ${HELD}
     order by coalesce(array_position($2::text[], c.code_type), 99), c.code_type`,
    [[of.imei14, of.deviceImei14], order],
  );
}

/** The codes shown for a request did not work: nobody is given them again. */
export const failShownCodes = (tx: EntityManager, requestId: string): Promise<unknown> =>
  tx.query(
    `update unlock_code set status = 'FAILED', failed_at = now()
     where status = 'HELD' and id in (select code_id from unlock_code_reveal where request_id = $1)`,
    [requestId],
  );

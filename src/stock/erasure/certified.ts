import type { EntityManager } from 'typeorm';
import { InvalidInput } from '../../platform/problems.js';

/**
 * SQL of what the latest erasure of a holding `h` came to, null without one. What was destroyed is certified too, but
 * there is nothing left to sell.
 */
export const LATEST_CERTIFICATE = `(select case when c.method = 'DESTROY' then null else c.result end
  from erasure_certificate c where c.holding_id = h.id order by c.performed_at desc, c.id desc limit 1)`;

/**
 * Sees to it that a number is that of the latest certificate of a holding, and that it passed.
 * @throws InvalidInput
 */
export async function needCertificate(tx: EntityManager, holdingId: string, number: string): Promise<void> {
  const [latest]: { named: boolean; result: string }[] = await tx.query(
    `select (id::text = $2 or tool_certificate = $2) as named, result from erasure_certificate
     where holding_id = $1 order by performed_at desc, id desc limit 1`,
    [holdingId, number],
  );
  if (latest?.named && latest.result === 'PASS') return;
  const detail = 'It is not the latest certificate of this holding, or that one did not pass.';
  throw new InvalidInput(detail, {}, [
    { in: 'body', pointer: '/erasureCertificate', code: 'NO_SUCH_CERTIFICATE', detail },
  ]);
}

import type { EntityManager } from 'typeorm';
import { InvalidInput } from '../../platform/problems.js';
import type { OpenHolding } from './open-holding.js';
import type { HoldingDisposition } from './stock-holding.lifecycle.js';

/** Where a handset can be worked on: ours, at hand, and not on the shelf. */
export const AT_THE_BENCH: readonly HoldingDisposition[] = [
  ...(['RECEIVED', 'INSPECTION', 'DISPLAY', 'QUARANTINE', 'TRIAGE', 'IN_REFURB'] as const),
];

/**
 * Sees to it that something was done to a handset while we had it, by a clock that may differ by a minute: what was done
 * before proves nothing, for it was in somebody's hands since.
 * @throws InvalidInput
 */
export async function needWhileOurs(tx: EntityManager, held: OpenHolding, performedAt: string): Promise<void> {
  const [{ early, late }]: [{ early: boolean; late: boolean }] = await tx.query(
    `select $2::timestamptz < received_at - interval '1 minute' as early, $2::timestamptz > now() + interval '1 minute' as late
     from stock_holding where id = $1`,
    [held.id, performedAt],
  );
  if (!early && !late) return;
  const [code, detail] = early
    ? ['BEFORE_IT_CAME', 'This was before the handset came to us.']
    : ['IN_THE_FUTURE', 'This is yet to come.'];
  throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/performedAt', code, detail }]);
}

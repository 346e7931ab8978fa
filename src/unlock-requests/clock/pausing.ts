import type { EntityManager } from 'typeorm';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import { businessDaysBetween, laterBy } from './business-days.js';
import { calendarOfRequest } from './calendars.js';

type Paused = Pick<UnlockRequest, 'id' | 'calendar' | 'calendarVersion' | 'pausedAt' | 'respondBy' | 'resolveBy'>;

/**
 * The clocks of a request that waits for documents no more: both due times move later by the business days it waited.
 * A step of the act that resumes it, on a locked request; leaves its version to the move that follows.
 * @returns how many business days that was; 0 when the clocks did not stand still
 */
export async function resumeClocks(
  tx: Pick<EntityManager, 'query'>,
  request: Paused,
  now = new Date(),
): Promise<number> {
  const { id, pausedAt, respondBy, resolveBy } = request;
  if (!pausedAt) return 0;
  const calendar = await calendarOfRequest(tx, request);
  const waited = businessDaysBetween(calendar, pausedAt, now);
  await tx.query(
    `update unlock_request set paused_at = null, respond_by = greatest(respond_by, $2),
       resolve_by = greatest(resolve_by, $3)
     where id = $1 and paused_at is not null`,
    [id, respondBy && laterBy(calendar, respondBy, waited), resolveBy && laterBy(calendar, resolveBy, waited)],
  );
  return waited;
}

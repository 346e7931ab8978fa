import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/problem.js';

/** How long a strong proof of who one is counts. */
const FRESH_SECONDS = 300;

export class StepUpNeeded extends refusal(401, 'STEP_UP_NEEDED', 'Prove once more who you are') {}

/**
 * Sees to it that the caller proved themselves with more than a password just now (RFC 9470).
 * @throws StepUpNeeded
 */
export function needStepUp({ provedAt }: Caller): void {
  const age = Date.now() / 1000 - (provedAt ?? 0);
  if (age <= FRESH_SECONDS) return;
  const detail = `This needs a token whose claim amr names a second factor and whose auth_time is at most ${FRESH_SECONDS} seconds old.`;
  throw new StepUpNeeded(detail, { maxAgeSeconds: FRESH_SECONDS });
}

import type { EntityManager } from 'typeorm';
import { addDays, type Day } from '../../values/day.js';
import { dayIn } from '../../values/time.js';
import type { PolicyRow } from './unlock-policies.query.js';
import { PolicyRetroactive } from './unlock-policies.errors.js';

interface Window {
  id: string;
  code: string;
  from: Day;
  to: Day | null;
}

/**
 * Ends the version before on the eve of the new one. Handsets bought or activated so far keep the version of their day:
 * a new one may begin tomorrow at the earliest, or in days for which there is none (Roach v. Verizon, 2025).
 * The rows of the others are locked, so that two publications of the same days follow each other.
 * @throws PolicyRetroactive
 */
export async function makeRoom(tx: EntityManager, draft: PolicyRow, now = new Date()): Promise<void> {
  const others: Window[] = await tx.query(
    `select id, code, effective_from::text as "from", effective_to::text as "to" from unlock_policy
     where status = 'PUBLISHED' and jurisdiction = $1 and brand is not distinct from $2 and segment = $3
       and daterange(effective_from, effective_to, '[]') && daterange($4::date, $5::date, '[]')
     order by effective_from for no key update`,
    [draft.jurisdiction, draft.brand, draft.segment, draft.effectiveFrom, draft.effectiveTo],
  );
  const [before, ...later] = others;
  if (!before) return;
  const tomorrow = addDays(dayIn(draft.timeZone, now), 1);
  const follows = later.length === 0 && before.to === null && before.from < draft.effectiveFrom;
  if (!follows || draft.effectiveFrom < tomorrow) throw retroactive(before, draft, tomorrow);
  await tx.query('update unlock_policy set effective_to = $2, version = version + 1 where id = $1', [
    before.id,
    addDays(draft.effectiveFrom, -1),
  ]);
}

function retroactive({ code, from, to }: Window, draft: PolicyRow, earliest: Day): PolicyRetroactive {
  const detail =
    `${code} is in force from ${from} to ${to ?? 'further notice'}. ` +
    `A version that follows it begins on ${earliest} or later, and one before it ends the day before it begins.`;
  return new PolicyRetroactive(detail, { inForce: code, from, to, asked: draft.effectiveFrom, earliest });
}

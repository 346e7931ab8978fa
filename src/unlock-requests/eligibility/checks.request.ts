import { addDays, startOfDay } from '../../values/day.js';
import { dayIn } from '../../values/time.js';
import type { EarlierUnlock } from './facts.js';
import { type Check, fail, type Look, pass, unknown } from './finding.js';

/** Whose unlocks a cap counts. */
function counted(look: Look, scope: string): ((unlock: EarlierUnlock) => boolean) | undefined {
  const { line } = look.identifier.billing;
  if (scope === 'DEVICE') return ({ imei14 }) => imei14 === look.identifier.imei14;
  if (!line) return undefined;
  return scope === 'LINE' ? ({ lineId }) => lineId === line.lineId : ({ accountId }) => accountId === line.accountId;
}

const maxUnlocks: Check = (look, { n, windowDays, scope, kinds }) => {
  if (!look.identifier.billing.reachable) return unknown('BILLING_UNAVAILABLE');
  const own = counted(look, scope as string);
  if (!own) return unknown('LINE_NOT_KNOWN');
  const wanted = kinds as readonly string[] | undefined;
  const days = look.facts.earlierUnlocks
    .filter((unlock) => own(unlock) && (wanted?.includes(unlock.kind) ?? true))
    .map(({ grantedAt }) => dayIn(look.timeZone, new Date(grantedAt)))
    .filter((day) => addDays(day, windowDays as number) > look.today)
    .sort();
  const seen = `${days.length} unlocks`;
  const asked = `fewer than ${n as number} in ${windowDays as number} days`;
  const leaving = days[days.length - (n as number)];
  if (leaving === undefined) return pass(seen, asked);
  const from = startOfDay(look.timeZone, addDays(leaving, windowDays as number));
  return fail('UNLOCK_LIMIT_REACHED', seen, asked, from);
};

const document: Check = ({ facts: { acceptedDocuments } }, { documents }) => {
  const wanted = documents as readonly string[];
  const found = acceptedDocuments.find((one) => wanted.includes(one));
  return found ? pass(found) : fail('DOCUMENTS_REQUIRED', 'none', wanted.join(' or '));
};

/** The checks that look at the request and those before it. */
export const REQUEST_CHECKS = { MAX_UNLOCKS: maxUnlocks, DOCUMENT: document } as const satisfies Record<string, Check>;

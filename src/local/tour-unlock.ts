import { tokenFor } from './dev-people.js';
import type { DevTokens } from './dev-tokens.js';
import { chapter, Desk, must } from './tour-desk.js';

interface PreCheck {
  handset: string;
  course: string;
  reasons: string[];
  policy: { code: string } | null;
  checks: { check: string; outcome: string; seen: string | null }[];
}
interface Brought {
  handset: string;
  ways: string[];
  hardware: { makerCode: string; fit: string; has: { band: string }[]; lacks: { band: string }[] }[];
  lock: { attemptsAtMost: number | null; readAttemptsFirst: boolean };
  checklist: string[];
}
interface Request {
  id: string;
  number: string;
  status: string;
  method: string | null;
  reasons: string[];
}

const OWN_Q10 = '356760057010018';
const OWING = '354897057080682';
const FOREIGN_Q10 = '356112050099996';

/** The unlock desk of the same shop: may I, the code, and a BlackBerry from another carrier. */
export async function unlockDesk(tokens: DevTokens): Promise<void> {
  const till = new Desk(tokens.url, tokens.associate, 'first till');
  const office = async (sub: string, proved: boolean) =>
    new Desk(tokens.url, await tokenFor(tokens, { sub, role: 'BACK_OFFICE', proved }), sub);
  await mayI(till);
  await notYet(till);
  await theCode(till, await office('back-office-2', true));
  await fromElsewhere(till);
}

async function mayI(till: Desk): Promise<void> {
  chapter('A customer wants the Q10 unlocked that they bought in October 2013: may they?');
  const { course } = await till.post<PreCheck>('/v1/unlock-requests/pre-check', { identifier: OWN_Q10 }, (found) => [
    `${found.handset}: ${found.course} under ${found.policy?.code}`,
    ...found.checks.map(({ check, outcome, seen }) => `${outcome} ${check}${seen ? ` (${seen})` : ''}`),
  ]);
  must(course === 'APPROVE', `The Q10 should be unlocked for the asking, and the answer is ${course}.`);
}

async function notYet(till: Desk): Promise<void> {
  chapter('Another customer still owes for theirs');
  const { reasons } = await till.post<PreCheck>('/v1/unlock-requests/pre-check', { identifier: OWING }, (found) => [
    `${found.handset}: ${found.course}, ${found.reasons.join(', ')}`,
  ]);
  must(reasons.includes('BALANCE_REMAINING'), 'What stands in the way should be the balance.');
}

async function theCode(till: Desk, office: Desk): Promise<void> {
  chapter('The first one asks; the code is here, and is shown to whoever proves once more who they are');
  const told = ({ number, status, method }: Request) => `request ${number}: ${status} by ${method ?? 'nothing'}`;
  const { id, status } = await till.post<Request>('/v1/unlock-requests', { identifier: OWN_Q10 }, told);
  must(status === 'ACTION_REQUIRED', `The request is ${status} and should be ACTION_REQUIRED.`);
  const reveal = [`/v1/unlock-requests/${id}/reveal-code`, { purpose: 'The customer is at the counter' }] as const;
  await till.refused<{ detail: string }>('STEP_UP_NEEDED', ...reveal, ({ detail }) => detail);
  const { code } = await office.post<{ code: string; steps: string[] }>(...reveal, (shown) => [
    `${shown.code}, shown once`,
    ...shown.steps,
  ]);
  must(/^\d{16}$/.test(code), 'The code of a Q10 has sixteen digits.');
  await office.refused<{ detail: string }>('CODE_SHOWN', ...reveal, ({ detail }) => detail);
  const after = await office.post<Request>(
    ...[`/v1/unlock-requests/${id}/revoke`, { reason: 'The customer keeps the lock for now' }, told],
  );
  must(after.status === 'REVOKED', `The request is ${after.status} and should be REVOKED.`);
}

async function fromElsewhere(till: Desk): Promise<void> {
  chapter('Somebody brings a Q10 from another carrier');
  const form = { identifier: FOREIGN_Q10, lock: 'LOCKED', lockedTo: 'AT&T' };
  const { ways } = await till.post<Brought>('/v1/brought-handsets/check', form, (found) => [
    `${found.handset}: ${found.ways.join(' or ')}`,
    ...found.hardware.map(({ makerCode, has, lacks }) => `${makerCode} has ${named(has)}; lacks ${named(lacks)}`),
    ...(found.lock.readAttemptsFirst ? [`first read how many of ${found.lock.attemptsAtMost} tries are left`] : []),
    ...found.checklist,
  ]);
  must(ways.includes('REFERRAL'), 'Its owner should be sent to the carrier that locked it.');
  const { method } = await till.post<Request>('/v1/brought-handsets', { ...form, attemptsLeft: 10 }, (request) => [
    `request ${request.number}: ${request.status}, ${request.method} (${request.reasons.join(', ')})`,
  ]);
  must(method === 'REFERRAL', `It should be a referral, and is ${method}.`);
}

const named = (bands: readonly { band: string }[]) =>
  bands.map(({ band }) => band).join(', ') || 'none that we know of';

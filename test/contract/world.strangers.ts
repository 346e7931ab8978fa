import { setTimeout as pause } from 'node:timers/promises';
import { imeiOf15 } from '../../src/values/check-digits.js';
import { Client } from '../support/client.js';
import type { Shop } from '../support/shop.js';
import { publishPolicy } from '../unlock-requests/arrange.js';

const AT = '/v1/self-service/unlock-requests';
const COUNT = 12;

const imeiOf = (at: number): string => imeiOf15(`35391805${String(700_000 + at)}`);

/** The token of the link that was mailed to an address. */
async function tokenFor(shop: Pick<Shop, 'url'>, email: string): Promise<string> {
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(50)) {
    const mails = (await (await fetch(`${shop.url}/dev/mailbox.json`)).json()) as { to: string; text: string }[];
    const token = mails
      .filter(({ to }) => to === email)
      .flatMap(({ text }) => /#confirm=(\S+)/.exec(text)?.[1] ?? [])
      .at(0);
    if (token) return token;
  }
  throw new Error(`No link was mailed to ${email}.`);
}

/** Right bodies for what strangers may ask: requests that wait to be confirmed, and requests denied that were. */
export async function strangerBodies(shop: Shop): Promise<Record<string, unknown[]>> {
  const stranger = new Client(shop.url);
  const forms = Array.from({ length: COUNT }, (_, at) => ({ identifier: imeiOf(at), email: `w${at}@example.com` }));
  const numbers: string[] = [];
  for (const form of forms) numbers.push((await stranger.post<{ number: string }>(AT, form)).body.number);
  const tokens = await Promise.all(forms.map(({ email }) => tokenFor(shop, email)));
  const own: { number: string; accessToken: string }[] = [];
  for (const token of tokens.slice(COUNT / 2)) {
    const { body } = await stranger.post<{ number: string; accessToken: string }>(`${AT}/confirm`, { token });
    own.push({ number: body.number, accessToken: body.accessToken });
  }
  // Some as they stand once a code is there: only those can be sent a one-time code, and reported on.
  const ready = own.slice(-3);
  await shop.db.query(
    `update unlock_request set status = 'ACTION_REQUIRED', method = 'CODE', reasons = '{}', closed_at = null
     where number = any ($1)`,
    [ready.map(({ number }) => number)],
  );
  await publishPolicy(shop, { code: 'WORLD-AU', jurisdiction: 'AU' });
  const withReason = own.map((pair) => ({ ...pair, reason: 'It was a present' }));
  return {
    submitUnlockRequest: Array.from({ length: 50 }, (_, at) => ({
      identifier: imeiOf(100 + at),
      email: 'w@example.com',
    })),
    confirmUnlockRequest: tokens.slice(0, COUNT / 2).map((token) => ({ token })),
    resendUnlockLink: numbers.slice(COUNT / 2).map((number) => ({ number, email: 'nobody@example.com' })),
    ...{ showUnlockStatus: own, sendOneTimeCode: ready, appealOwnUnlockRequest: withReason },
    cancelOwnUnlockRequest: withReason.slice(0, 2),
    noteOwnUnlockAttempts: own.map((pair) => ({ ...pair, attemptsLeft: 5 })),
    reportOwnUnlock: ready.map((pair) => ({ ...pair, outcome: 'WORKED' })),
    revealOwnUnlockCode: ready.map((pair) => ({ ...pair, oneTimeCode: '000000' })),
    setUnlockCap: [{ scope: 'STORE', action: 'ASK', span: 'DAY', soft: 10, hard: 100_000 }],
  };
}

import { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { handset, holdCodes, newImei, publishPolicy } from './arrange.js';
import { fragmentOf, mails, mailTo, oneTimeCodeOf, tokenOf } from '../support/mailbox.js';

const AT = '/v1/self-service/unlock-requests';

interface Status {
  number: string;
  status: string;
  next: { step: string; by: string | null; text: string };
  reasons: { code: string; title: string; remedy: string }[];
  checks: { rule: string; outcome: string; seen: string | null }[];
  possible: string[];
  codeWaiting: boolean;
  codesShown: number;
  attemptsLeft: number | null;
  appealBy: string | null;
  nextEligibleAt: string | null;
  imeiEnding: string;
}
interface Confirmed {
  number: string;
  accessToken: string;
  status: Status;
  code?: string;
}

let shop: Shop;
let stranger: Client;
let people = 0;
const somebody = () => `ana${++people}@example.com`;
const pairOf = ({ number, accessToken }: Confirmed) => ({ number, accessToken });

const submit = (identifier: string, email: string, over: object = {}) =>
  stranger.post<{ number: string; confirmBy: string }>(AT, { identifier, email, ...over });
const confirm = (token: string, key?: string) =>
  stranger.post<Confirmed>(`${AT}/confirm`, { token }, key === undefined ? {} : { key });
const linkOf = async (email: string, number = '') =>
  tokenOf(await mailTo(shop, email, new RegExp(`#confirm=[^]*${number}`)));

/** Asks and confirms. */
async function asked(
  identifier: string,
  over: object = {},
  email = somebody(),
): Promise<Confirmed & { email: string }> {
  const { number } = (await submit(identifier, email, over)).body;
  const { body, status, text } = await confirm(await linkOf(email, number));
  if (status !== 200) throw new Error(text);
  return { ...body, email };
}

beforeAll(async () => {
  shop = await openShop();
  stranger = new Client(shop.url);
  await publishPolicy(shop);
  // A spec comes from one address; strangers do not.
  await shop.db.query(`update unlock_cap set hard = 100000 where action in ('SUBMIT', 'RESEND')`);
});
afterAll(() => shop.close());

describe('a stranger who has the handset in hand', () => {
  it('goes the whole way to the code, and is told of each step by mail', async () => {
    const imei = await handset(shop);
    await holdCodes(shop, [[imei, 'NCK', '0123456789012345']]);
    const email = somebody();
    const taken = await submit(imei, email);
    expect([taken.status, Object.keys(taken.body)]).toEqual([202, ['number', 'confirmBy']]);
    const mail = await mailTo(shop, email, '#confirm=');
    expect(mail.subject).toBe(`Confirm your unlock request ${taken.body.number}`);
    expect(mail.text).toContain(`${shop.url}/unlock#confirm=`);
    expect(mail.text).not.toContain(imei.slice(8, 14));

    const { body: confirmed, status } = await confirm(tokenOf(mail));
    expect([status, confirmed.number, confirmed.status.status]).toEqual([200, taken.body.number, 'ACTION_REQUIRED']);
    expect(confirmed.accessToken).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(confirmed.status).toMatchObject({
      codeWaiting: true,
      imeiEnding: imei.slice(-4),
      next: { step: 'ENTER_CODE' },
    });
    expect(confirmed.status.possible).toEqual(
      ['NOTE_ATTEMPTS', 'REVEAL', 'REPORT', 'CANCEL'].filter((act) => act !== 'CANCEL'),
    );
    // Not the account's own: every rule and what came of it, no values.
    expect(confirmed.status.checks.map(({ outcome, seen }) => [outcome, seen])).toEqual(Array(4).fill(['PASS', null]));
    expect(confirmed.status.checks.map(({ rule }) => rule)[3]).toBe('At least 40 days have passed since the purchase.');
    const news = await mailTo(shop, email, 'approved and ready');
    expect(news.text).toContain(`#number=${taken.body.number}`);

    const pair = pairOf(confirmed);
    const noted = await stranger.post<Status>(`${AT}/note-attempts`, { ...pair, attemptsLeft: 9 });
    expect([noted.status, noted.body.attemptsLeft]).toEqual([200, 9]);
    expect((await stranger.post(`${AT}/one-time-code`, pair)).status).toBe(200);
    const oneTimeCode = oneTimeCodeOf(await mailTo(shop, email, 'lets you see'));
    const wrong = await stranger.post<{ code: string; facts: object }>(`${AT}/reveal`, {
      ...pair,
      oneTimeCode: oneTimeCode === '000000' ? '000001' : '000000',
    });
    expect([wrong.status, wrong.body.code, wrong.body.facts]).toEqual([409, 'ONE_TIME_CODE_WRONG', { triesLeft: 4 }]);
    const key = `reveal-${taken.body.number}`;
    const shown = await stranger.post<Confirmed>(`${AT}/reveal`, { ...pair, oneTimeCode }, { key });
    expect([shown.status, shown.body.code]).toEqual([200, '0123456789012345']);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    // The answer was lost on the way: the same key gives it again, another key does not.
    const again = await stranger.post<Confirmed>(`${AT}/reveal`, { ...pair, oneTimeCode }, { key });
    expect([again.status, again.body.code]).toEqual([200, '0123456789012345']);
    expect((await stranger.post(`${AT}/reveal`, { ...pair, oneTimeCode })).body['code']).toBe('ONE_TIME_CODE_WRONG');
    expect(await shop.count(`select count(*) from idempotency_key where body like '%0123456789012345%'`)).toBe(0);

    const done = await stranger.post<Status>(`${AT}/report`, { ...pair, outcome: 'WORKED' });
    expect([done.body.status, done.body.next.step]).toEqual(['COMPLETED', 'USE_OTHER_SIM']);
    await mailTo(shop, email, 'It is unlocked.');
    expect((await mails(shop, email)).some(({ text }) => text.includes('0123456789012345'))).toBe(false);
  });

  it('is told every reason, what to do and from when, in the language asked for', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const imei = await handset(shop, { balance_minor: 12_500, purchased_on: today });
    const { status, email } = await asked(imei, { language: 'es' });
    expect(status.status).toBe('DENIED');
    expect(status.reasons.map(({ code }) => code)).toEqual(['BALANCE_REMAINING', 'TOO_SOON_AFTER_PURCHASE']);
    expect(status.reasons[0]).toEqual({
      code: 'BALANCE_REMAINING',
      title: 'El equipo no está pagado del todo.',
      remedy: 'Pague lo que falta y vuelva a pedirlo.',
    });
    expect([status.nextEligibleAt, status.next.step]).toEqual([null, 'MEND_AND_ASK_AGAIN']);
    expect(Date.parse(status.appealBy!)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect((await mailTo(shop, email, 'Por ahora')).text).toContain('- El equipo no está pagado del todo.');
  });

  it('sees the values when the address is the one billing has for the account', async () => {
    const email = somebody();
    const first = await asked(await handset(shop, { balance_minor: 100 }), {}, email);
    expect(first.status.checks.every(({ seen }) => seen === null)).toBe(true);
    const imei = await handset(shop, { balance_minor: 100 });
    await shop.db.query(
      `update billing_account set contact_index = (select contact_hash from unlock_request where number = $1)
       where id = (select account_id from device_record where imei14 = $2)`,
      [first.number, imei.slice(0, 14)],
    );
    const { status } = await asked(imei, {}, email);
    expect(status.checks.map(({ seen }) => seen)).toContain('1.00 USD');
  });

  it('can appeal a denial once, and cancel what is not decided', async () => {
    const denied = await asked(newImei());
    expect(denied.status.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['DEVICE_NOT_SOLD_BY_US']));
    const pair = pairOf(denied);
    const appealed = await stranger.post<Status>(`${AT}/appeal`, { ...pair, reason: 'It was a present' });
    expect([appealed.status, appealed.body.status, appealed.body.next.step]).toEqual([
      200,
      'UNDER_REVIEW',
      'WAIT_FOR_REVIEW',
    ]);
    const cancelled = await stranger.post<Status>(`${AT}/cancel`, { ...pair, reason: 'Not wanted' });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'CANCELLED']);
    const late = await stranger.post(`${AT}/appeal`, { ...pair, reason: 'Once more' });
    expect([late.status, late.body['code']]).toEqual([409, 'WRONG_STATE']);
  });
});

describe('the link in the mail', () => {
  it('works once, and a repeated confirmation gives the same access token without its being stored', async () => {
    const email = somebody();
    await submit(newImei(), email);
    const token = await linkOf(email);
    const key = 'confirm-it-once-1';
    const first = await confirm(token, key);
    const again = await confirm(token, key);
    expect([again.status, again.body.accessToken]).toEqual([200, first.body.accessToken]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const used = await confirm(token);
    expect([used.status, (used.body as never as { code: string }).code]).toEqual([409, 'CONFIRMATION_USED']);
    const { rows } = await shop.db.query<{ text: string }>('select idempotency_key::text as text from idempotency_key');
    expect(rows.some(({ text }) => text.includes(first.body.accessToken) || text.includes(token))).toBe(false);
  });

  it('is used by one of ten that come at once', async () => {
    const email = somebody();
    await submit(newImei(), email);
    const token = await linkOf(email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    expect(
      await shop.count(
        `select count(*) from history where act = 'confirm' and subject_id =
      (select id from unlock_request where number = $1)`,
        [answers.find(({ status }) => status === 200)!.body.number],
      ),
    ).toBe(1);
  });

  it('is replaced by that of a new request of the same contact for the same handset', async () => {
    const [imei, email] = [newImei(), somebody()];
    await submit(imei, email);
    const old = await linkOf(email);
    const { body } = await submit(imei, email);
    const dead = await confirm(old);
    expect([dead.status, (dead.body as never as { code: string }).code]).toEqual([409, 'CONFIRMATION_EXPIRED']);
    expect((await confirm(await linkOf(email, body.number))).body.number).toBe(body.number);
  });

  it('stays one request when ten come at once', async () => {
    const [imei, email] = [newImei(), somebody()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(imei, email)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    const { rows } = await shop.db.query(
      `select status, count(*)::int as n, count(contact_hash)::int as known from unlock_request where imei14 = $1 group by 1
       order by 1`,
      [imei.slice(0, 14)],
    );
    expect(rows).toEqual([
      { status: 'EXPIRED', n: 9, known: 0 },
      { status: 'PENDING_CONFIRMATION', n: 1, known: 1 },
    ]);
  });

  it('expires, whether or not anything has swept it', async () => {
    const email = somebody();
    const { body } = await submit(newImei(), email);
    const token = await linkOf(email);
    await shop.db.query(`update unlock_request set confirm_by = now() - interval '1 second' where number = $1`, [
      body.number,
    ]);
    const late = await confirm(token);
    expect([late.status, (late.body as never as { code: string }).code]).toEqual([409, 'CONFIRMATION_EXPIRED']);
  });

  it('can be sent anew, for a request confirmed or not, and the answer tells nothing', async () => {
    const email = somebody();
    const { body } = await submit(newImei(), email);
    const first = await linkOf(email);
    const resend = (number: string, to: string) => stranger.post(`${AT}/resend`, { number, email: to });
    const answers = [
      await resend(body.number, email),
      await resend(body.number, 'eve@example.com'),
      await resend('X', email),
    ];
    expect(answers.map(({ status, body: { number } }) => [status, number])).toEqual([
      [202, body.number],
      [202, body.number],
      [202, 'X'],
    ]);
    const second = await mailTo(shop, email, new RegExp(`#confirm=(?!${first})`));
    expect((await confirm(first)).status).toBe(404);
    const { body: confirmed } = await confirm(tokenOf(second));
    await resend(body.number, email);
    const [number, accessToken] = fragmentOf(await mailTo(shop, email, '#open='))
      .replace('open=', '')
      .split('.');
    expect((await stranger.post(`${AT}/status`, { number, accessToken })).status).toBe(200);
    expect((await stranger.post(`${AT}/status`, pairOf(confirmed))).status).toBe(404);
    expect(await mails(shop, 'eve@example.com')).toEqual([]);
  });

  it('confirms nothing for a handset that somebody else has a request for, and stays good', async () => {
    const imei = await handset(shop, { sold_by_us: null });
    const other = await asked(imei);
    expect(other.status.status).toBe('UNDER_REVIEW');
    const email = somebody();
    await submit(imei, email);
    const token = await linkOf(email);
    const refused = await confirm(token);
    expect([refused.status, (refused.body as never as { code: string }).code]).toEqual([409, 'DUPLICATE_REQUEST']);
    expect(refused.text).not.toContain(other.number);
    await stranger.post(`${AT}/cancel`, { ...pairOf(other), reason: 'Not wanted' });
    expect((await confirm(token)).status).toBe(200);
  });
});

describe('what is asked for', () => {
  it.each([
    ['353918054999990', 'ana@example.com', '/identifier'],
    ['no imei', 'ana@example.com', '/identifier'],
    [newImei(), 'ana', '/email'],
  ])('is refused next to its field: %s %s', async (identifier, email, pointer) => {
    const { status, body } = await submit(identifier, email);
    expect([status, (body as never as { errors: { pointer: string }[] }).errors[0]!.pointer]).toEqual([400, pointer]);
  });

  it('is told in plain words, in both languages, and kept by caches', async () => {
    const at = '/v1/unlock-policies-in-words?jurisdiction=US&on=2014-02-14';
    const english = await stranger.get<{ code: string; sentences: string[] }>(at);
    expect(english.body.sentences).toEqual([
      'You ask for the unlock.',
      'We sold the handset.',
      'No registry lists the handset as lost, stolen, blocked or claimed by somebody else.',
      'The handset is paid for in full.',
      'At least 40 days have passed since the purchase.',
      'Military deployed: with deployment papers it need not be so that at least 40 days have passed since the purchase, or that the handset is paid for in full.',
      'The unlock is free.',
      'A request made without signing in has to be confirmed within 24 hours.',
      'We answer a request within 2 business days and settle it within 10 business days.',
    ]);
    const spanish = await stranger.get<{ sentences: string[] }>(`${at}&language=es`);
    expect(spanish.body.sentences[4]).toBe('Han pasado al menos 40 días desde la compra.');
    const tag = english.headers.get('etag')!;
    expect((await stranger.get(at, { headers: { 'if-none-match': tag } })).status).toBe(304);
    expect((await stranger.get('/v1/unlock-policies-in-words?jurisdiction=CA')).status).toBe(404);
  });
});

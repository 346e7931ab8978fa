import { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';
import { account, handset, publishPolicy } from './arrange.js';
import { mailTo, tokenOf } from '../support/mailbox.js';

const AT = '/v1/self-service/unlock-requests';
const PDF = '%PDF-1.4 orders';

interface Status {
  status: string;
  documents: { type: string; text: string }[];
  possible: string[];
  checks: { check: string; outcome: string; seen: string | null }[];
  code?: string;
  errors?: { pointer: string; code: string }[];
}
interface Own {
  number: string;
  accessToken: string;
  status: Status;
}

let shop: Shop;
let stranger: Client;
let people = 0;
beforeAll(async () => {
  shop = await openShop();
  stranger = new Client(shop.url);
  await publishPolicy(shop);
  await shop.db.query('update unlock_cap set soft = null, hard = 100000');
});
afterAll(() => shop.close());

async function confirmed(imei: string, over: object = {}, email = `paper${++people}@example.com`): Promise<Own> {
  await stranger.post(AT, { identifier: imei, email, ...over });
  const token = tokenOf(await mailTo(shop, email, '#confirm='));
  return (await stranger.post<Own>(`${AT}/confirm`, { token })).body;
}

/** Somebody deployed who has not paid the handset off yet. */
const deployed = async (): Promise<Own> =>
  confirmed(await handset(shop, { balance_minor: 9000 }), { exemption: 'MILITARY_DEPLOYED' });

const handIn = (
  { number, accessToken }: Own,
  over: { raw?: string; token?: string; type?: string; key?: string } = {},
) =>
  stranger.post<Status>(`${AT}/documents?type=${over.type ?? 'DEPLOYMENT_PAPERS'}`, undefined, {
    ...{ raw: over.raw ?? PDF, ...(over.key ? { key: over.key } : {}) },
    headers: {
      ...{ 'content-type': 'application/pdf', 'unlock-number': number },
      'unlock-access-token': over.token ?? accessToken,
    },
  });

describe('a customer without an account hands in a paper from home', () => {
  it('is told which, hands it in, and has the unlock once somebody has looked at it', async () => {
    const own = await deployed();
    expect(own.status).toMatchObject({
      ...{ status: 'AWAITING_DOCUMENTS', possible: ['HAND_IN_DOCUMENT', 'CANCEL'] },
      documents: [{ type: 'DEPLOYMENT_PAPERS', text: 'deployment papers' }],
    });
    const key = 'one-paper-one-key';
    const taken = await handIn(own, { key });
    expect([taken.status, taken.body.status]).toEqual([201, 'AWAITING_DOCUMENTS']);
    expect((await handIn(own, { key })).text).toBe(taken.text);
    const second = await shop.as({ ...BACK_OFFICE, sub: 'looks-at-papers' });
    const { id } = await shop.one<{ id: string }>('select id from unlock_document');
    await second.post(`/v1/unlock-documents/${id}/accept`, { reason: 'Orders of this month' });
    const { body } = await stranger.post<Status>(`${AT}/status`, { number: own.number, accessToken: own.accessToken });
    expect([body.status, body.documents]).toEqual(['FULFILLING', []]);
    const left = await shop.one<{ days: number }>(
      `select round(extract(epoch from content_until - now()) / 86400)::int as days from unlock_document`,
    );
    expect(left.days).toBe(30);
  });

  it('is refused with another’s token, with what is no paper, and beyond ten papers; nothing is kept of it', async () => {
    const [own, other] = [await deployed(), await deployed()];
    const kept = () => shop.count('select count(*) from unlock_document');
    const before = await kept();
    expect((await handIn(own, { token: other.accessToken })).status).toBe(404);
    const script = await handIn(own, { raw: '<svg onload="alert(1)"/>' });
    expect([script.status, script.body.errors]).toMatchObject([400, [{ code: 'NOT_A_PAPER' }]]);
    expect(await kept()).toBe(before);
    for (let n = 0; n < 10; n++) expect((await handIn(own, { raw: `${PDF} ${n}` })).status).toBe(201);
    expect((await handIn(own, { raw: `${PDF} more` })).body.code).toBe('WRONG_STATE');
    expect(await kept()).toBe(before + 10);
  });
});

describe('a customer whose address billing knows', () => {
  it('is the account’s own when the request is confirmed from it: the values are shown too', async () => {
    const office = await shop.backOffice();
    const email = 'Known.Owner@example.com';
    const made = await office.post<{ id: string }>('/v1/accounts', {
      ...{ number: 'A-KNOWN', currency: 'USD', customerSince: '2012-01-01', goodStanding: true, email },
    });
    expect(made.text).not.toContain('nown.');
    const line = await office.post<{ id: string }>(`/v1/accounts/${made.body.id}/lines`, {
      ...{ number: 'L-KNOWN', activatedOn: '2012-01-01' },
    });
    const owner = { accountId: made.body.id, lineId: line.body.id };
    const seen = async (address: string) => {
      const { status } = await confirmed(await handset(shop, {}, owner), {}, address);
      return status.checks.some((check) => check.seen !== null);
    };
    expect(await seen('known.owner@example.com')).toBe(true);
    expect(await seen('somebody.else@example.com')).toBe(false);
  });

  it('may be known from a file of accounts, which lies sealed and whose faults do not repeat the address', async () => {
    const office = await shop.backOffice();
    const csv = [
      'number,state,good_standing,past_due,currency,company,customer_since,email',
      'A-FILE-1,ACTIVE,true,0.00,USD,false,2012-01-01,file.owner@example.com',
      'A-FILE-2,ACTIVE,true,0.00,USD,false,2012-01-01,no.address.at.all',
    ].join('\n');
    const job = await office.post<{ id: string }>('/v1/imports?kind=ACCOUNTS', undefined, {
      ...{ raw: csv, headers: { 'content-type': 'text/csv' } },
    });
    let done: { state: string; linesApplied: number; linesFailed: number };
    do {
      done = (await office.get<typeof done>(`/v1/imports/${job.body.id}`)).body;
    } while (done.state !== 'DONE');
    expect(done).toMatchObject({ linesApplied: 1, linesFailed: 1 });
    const faults = await office.get(`/v1/imports/${job.body.id}/faults`);
    expect(faults.text).toContain('NOT_AN_ADDRESS');
    expect(faults.text).not.toContain('no.address');
    const { accountId } = await account(shop);
    await shop.db.query(
      `update billing_account set contact_index = (select contact_index from billing_account where number = 'A-FILE-1')
       where id = $1`,
      [accountId],
    );
    const { status } = await confirmed(
      await handset(shop, {}, { accountId, lineId: await lineOf(accountId) }),
      {},
      'file.owner@example.com',
    );
    expect(status.checks.some(({ seen }) => seen !== null)).toBe(true);
  });
});

const lineOf = async (accountId: string): Promise<string> =>
  (await shop.one<{ id: string }>('select id from account_line where account_id = $1', [accountId])).id;

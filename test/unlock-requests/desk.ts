import { checkDigit } from '../../src/values/check-digits.js';
import { newId } from '../../src/values/id.js';
import type { Answer, Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { BACK_OFFICE, type Claims, CUSTOMER, provedNow } from '../support/tokens.js';

export interface Made {
  imei: string;
  imei14: string;
  lineId: string;
  accountId: string;
}

export interface Request {
  id: string;
  code: string;
  number: string;
  status: string;
  reasons: string[];
  nextEligibleAt: string | null;
  method: string | null;
  stage: string | null;
  lock: string;
  attemptsLeft: number | null;
  appealBy: string | null;
  possibleActs: string[];
  version: number;
  clock: { respondBy: string; resolveBy: string; respondedAt: string | null; response: string | null; paused: boolean };
  decision: {
    verdict: string;
    policy: { code: string } | null;
    checks: { check: string; outcome: string; reason: string | null; seen: string | null }[];
  } | null;
}

export const POLICY = {
  code: 'TEST-POSTPAID',
  jurisdiction: 'US',
  brand: 'T-Mobile US',
  segment: 'POSTPAID',
  effectiveFrom: '2013-08-24',
  timeZone: 'America/Los_Angeles',
  calendar: 'US-FEDERAL',
  mode: 'ON_REQUEST',
  groups: [
    { name: 'BASE', rules: [{ check: 'SOLD_BY_CARRIER' }, { check: 'NOT_BLOCKED' }, { check: 'NO_FRAUD_FLAG' }] },
  ],
  rules: [
    { group: 'BASE' },
    { check: 'GOOD_STANDING' },
    { check: 'DAYS_ACTIVE', min: 40, clock: 'CONSECUTIVE_ACTIVE' },
    { check: 'PAID_IN_FULL' },
    { check: 'MAX_UNLOCKS', n: 2, windowDays: 365, scope: 'LINE' },
  ],
  exemptions: [
    { name: 'MILITARY_DEPLOYED', waives: ['DAYS_ACTIVE', 'PAID_IN_FULL'], documents: ['DEPLOYMENT_PAPERS'] },
  ],
};

/** The back office of a carrier that unlocks handsets: facts arranged in the tables, everything else over HTTP. */
export class Desk {
  private serial = 0;

  constructor(
    readonly shop: Shop,
    readonly office: Client,
    /** Somebody else of the back office, for what takes two. */
    readonly second: Client,
  ) {}

  static async open(env: Readonly<Record<string, string>> = {}): Promise<Desk> {
    const shop = await openShop(env);
    const second = await shop.as({ ...BACK_OFFICE, sub: 'back-office-2' });
    const { variantId } = await shop.make.sku({ model: { name: 'Q10', key: 'q10' } });
    await shop.make.insert('tac_claim', { tac: '35676005', source: 'TEST', variant_id: variantId, confidence: 90 });
    // Stories of many requests are told by one person.
    await shop.db.query(`update unlock_cap set soft = null, hard = 1000000 where action = 'ASK'`);
    return new Desk(shop, await shop.backOffice(), second);
  }

  /** Writes and publishes a policy, by two people. */
  async publish(over: object = {}): Promise<{ id: string }> {
    const draft = await this.office.post<{ id: string }>('/v1/unlock-policies', { ...POLICY, ...over });
    if (draft.status !== 201) throw new Error(draft.text);
    const published = await this.second.post<{ id: string }>(`/v1/unlock-policies/${draft.body.id}/publish`);
    if (published.status !== 200) throw new Error(published.text);
    return published.body;
  }

  /** A Q10 bought on a day, on a line in good standing, paid for; only what a story is about is told. */
  async handset(
    over: { since?: string; device?: object; account?: object; lineId?: string; accountId?: string } = {},
  ): Promise<Made> {
    const since = over.since ?? '2013-10-01';
    const accountId = over.accountId ?? (await this.account(over.account));
    const lineId = over.lineId ?? (await this.line(accountId, since));
    const imei14 = `35676005${String(900_000 + ++this.serial)}`;
    await this.shop.make.insert('device_record', {
      ...{ id: newId(), imei14, account_id: accountId, sold_by_us: true, brand: 'T-Mobile US', segment: 'POSTPAID' },
      ...{ jurisdiction: 'US', purchased_on: since, activated_on: since, fraud_flag: false },
      ...{ balance_minor: 0, currency: 'USD' },
      ...over.device,
    });
    await this.shop.make.insert('line_activity', { imei14, line_id: lineId, active_from: since });
    return { imei14, imei: imei14 + checkDigit(imei14), lineId, accountId };
  }

  async account(over: object = {}): Promise<string> {
    const id = newId();
    await this.shop.make.insert('billing_account', {
      ...{ id, number: `A-${++this.serial}`, state: 'ACTIVE', good_standing: true, past_due_minor: 0, currency: 'USD' },
      ...{ company: false, customer_since: '2012-01-01', customer_subject: CUSTOMER.sub },
      ...over,
    });
    return id;
  }

  line(accountId: string, since = '2013-10-01'): Promise<string> {
    return this.shop.make.insert('account_line', {
      ...{ id: newId(), account_id: accountId, number: `L-${++this.serial}`, activated_on: since },
    });
  }

  block(imei14: string, reason = 'LOST_OR_STOLEN'): Promise<string> {
    return this.shop.make.insert('block_entry', {
      ...{ id: newId(), imei14, list: reason.endsWith('CLAIM') ? 'GENERAL' : 'BLOCK', reason, source: 'OWN' },
      ...{ reported_on: '2026-01-01', placed_by: 'test' },
    });
  }

  ask(handset: Pick<Made, 'imei'>, over: object = {}, by: Client = this.office): Promise<Answer<Request>> {
    return by.post<Request>('/v1/unlock-requests', { identifier: handset.imei, ...over });
  }

  act(id: string, act: string, body: object = {}, by: Client = this.office): Promise<Answer<Request>> {
    return by.post<Request>(`/v1/unlock-requests/${id}/${act}`, body);
  }

  get(id: string, by: Client = this.office): Promise<Answer<Request>> {
    return by.get<Request>(`/v1/unlock-requests/${id}`);
  }

  /** Hands in a maker's file and waits until it has been read. */
  async import(kind: string, csv: string, by: Client = this.office): Promise<ImportJob> {
    const taken = await by.post<{ id: string }>(`/v1/imports?kind=${kind}`, undefined, {
      raw: csv,
      headers: { 'content-type': 'text/csv' },
    });
    if (taken.status !== 202) throw new Error(taken.text);
    for (;;) {
      const job = await by.get<ImportJob>(`/v1/imports/${taken.body.id}`);
      if (['DONE', 'FAILED'].includes(job.body.state)) return job.body;
      await new Promise((wait) => setTimeout(wait, 30));
    }
  }

  /** Codes of makers, let in by a second person. */
  async codes(rows: readonly (readonly [imei: string, type: string, code: string])[]): Promise<ImportJob> {
    const job = await this.import('UNLOCK_CODES', ['imei,code_type,code', ...rows.map((row) => row.join())].join('\n'));
    if (job.state !== 'DONE') throw new Error(`The file of codes was not read: ${job.failure}`);
    const approved = await this.second.post(`/v1/unlock-code-batches/${job.id}/approve`);
    if (approved.status !== 200) throw new Error(approved.text);
    return job;
  }

  /** The back office with a second factor shown just now. */
  proved(over: Claims = {}): Promise<Client> {
    return this.shop.as({
      ...BACK_OFFICE,
      ...provedNow(),
      ...over,
    } as never);
  }
}

/** How many lines of a file were applied, changed nothing, and were refused. */
export const linesOf = ({ linesApplied, linesUnchanged, linesFailed, failure }: ImportJob) => ({
  ...{ applied: linesApplied, unchanged: linesUnchanged, failed: linesFailed, failure },
});

export interface ImportJob {
  id: string;
  state: string;
  linesRead: number;
  linesApplied: number;
  linesUnchanged: number;
  linesFailed: number;
  failure: string | null;
}

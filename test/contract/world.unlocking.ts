import { setTimeout as pause } from 'node:timers/promises';
import { checkDigit } from '../../src/values/check-digits.js';
import { newId } from '../../src/values/id.js';
import type { Client } from '../support/client.js';
import type { Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';

export const UNLOCK_POLICY = {
  ...{ code: 'WORLD', jurisdiction: 'US', segment: 'ANY', effectiveFrom: '2013-08-24', mode: 'ON_REQUEST' },
  ...{ timeZone: 'America/New_York', calendar: 'US-FEDERAL' },
  rules: [{ check: 'NOT_BLOCKED' }, { check: 'GOOD_STANDING' }],
};
/** What requests of the own store begin as: some for each kind of act. */
const STANDINGS = [null, true, false] as const;

/** Handsets, policies, requests and codes of the own store, at least one of everything. */
export async function unlocking(shop: Shop, associate: Client, office: Client, count: number) {
  const second = await shop.as({ ...BACK_OFFICE, sub: 'back-office-2' });
  const asked = async <T>(answer: Promise<{ status: number; text: string; body: T }>): Promise<T> => {
    const { status, text, body } = await answer;
    if (status > 202) throw new Error(`The world cannot be made: ${text}`);
    return body;
  };
  const { id: policyId } = await asked(office.post<{ id: string }>('/v1/unlock-policies', UNLOCK_POLICY));
  await asked(second.post(`/v1/unlock-policies/${policyId}/publish`));
  const { keyId } = await asked(office.post<{ keyId: string }>('/v1/unlock-code-keys/rotate'));
  const imeis: string[] = [];
  for (let at = 0; at < count * 3; at++) {
    const imei14 = await handset(shop, at, STANDINGS[at % 3]!);
    imeis.push(imei14 + checkDigit(imei14));
  }
  await letIn(shop, office, second, imeis);
  const requests: string[] = [];
  for (const identifier of imeis.slice(0, count * 2)) {
    requests.push((await asked(associate.post<{ id: string }>('/v1/unlock-requests', { identifier }))).id);
  }
  // Of three requests one is under review: of those every other one has a proposal to approve it.
  for (const id of requests.filter((_, at) => at % 6 === 3)) {
    await asked(second.post(`/v1/unlock-requests/${id}/propose-approval`, { reason: 'Known to the store' }));
  }
  const papers: string[] = [];
  for (const [at, id] of requests.filter((_, place) => place % 3 === 0).entries()) {
    const paper = { raw: `%PDF-1.4 paper ${at}`, headers: { 'content-type': 'application/pdf' } };
    const handedIn = associate.post<{ id: string }>(
      `/v1/unlock-requests/${id}/documents?type=PASSPORT`,
      undefined,
      paper,
    );
    papers.push((await asked(handedIn)).id);
  }
  const drafts: string[] = [];
  for (let at = 0; at < count; at++) {
    const draft = { ...UNLOCK_POLICY, code: `DRAFT-${at}`, brand: `Brand ${at}` };
    drafts.push((await asked(office.post<{ id: string }>('/v1/unlock-policies', draft))).id);
  }
  await withTheMaker(shop, requests);
  const { id: sweep } = await asked(office.post<{ id: string }>('/v1/unlock-sweeps'));
  return { sweep, imeis, requests, drafts, papers, ...(await codes(shop, imeis, keyId, count)) };
}

/** Of the requests that were granted some wait for the maker, and some have failed there. */
async function withTheMaker(shop: Shop, requests: readonly string[]): Promise<void> {
  const stands = `update unlock_request set status = $2, method = 'OEM_WHITELIST', stage = $3
    where id = any ($1) and status = 'ACTION_REQUIRED'`;
  const every = (of: number) => requests.filter((_, at) => at % 9 === of);
  await shop.db.query(stands, [every(1), 'FULFILLING', 'OEM_SUBMITTED']);
  await shop.db.query(stands, [every(4), 'FULFILMENT_FAILED', null]);
  await asAgents(shop, every(7));
}

/** Of others the code is asked of another carrier, at the owner's direction. */
async function asAgents(shop: Shop, requests: readonly string[]): Promise<void> {
  await shop.db.query(
    `update unlock_code set status = 'DISCARDED'
     where device_imei14 in (select device_imei14 from unlock_request where id = any ($1))`,
    [requests],
  );
  await shop.db.query(
    `update unlock_request set kind = 'INBOUND', status = 'FULFILLING', method = 'CODE', stage = 'AWAITING_CODE'
     where id = any ($1) and status = 'ACTION_REQUIRED'`,
    [requests],
  );
  for (const [at, id] of requests.entries()) {
    await shop.make.insert('unlock_document', {
      ...{ id: newId(), request_id: id, type: 'OWNER_DIRECTION', media_type: 'application/pdf', bytes: 1 },
      ...{ digest: Buffer.alloc(32, at), handed_in_by: 'associate-1', verdict: 'ACCEPTED', decided_by: 'second' },
      ...{ decided_at: '2014-02-20T00:00:00Z', content_until: '2014-03-20T00:00:00Z' },
    });
  }
}

/** A maker's file with a code for each handset, read and let in. */
async function letIn(shop: Shop, office: Client, second: Client, imeis: readonly string[]): Promise<void> {
  const raw = ['imei,code_type,code', ...imeis.map((imei, at) => `${imei},NCK,${10_000_000 + at}`)].join('\n');
  const headers = { 'content-type': 'text/csv' };
  const { body } = await office.post<{ id: string }>('/v1/imports?kind=UNLOCK_CODES', undefined, { raw, headers });
  while (!(await shop.count(`select count(*) from import_job where id = $1 and state = 'DONE'`, [body.id]))) {
    await pause(20);
  }
  await second.post(`/v1/unlock-code-batches/${body.id}/approve`);
}

async function handset(shop: Shop, at: number, goodStanding: boolean | null): Promise<string> {
  const { make } = shop;
  const imei14 = `35676105${String(100_000 + at)}`;
  const accountId = newId();
  await make.insert('billing_account', {
    ...{ id: accountId, number: `U-${at}`, state: 'ACTIVE', good_standing: goodStanding, past_due_minor: 0 },
    ...{ currency: 'USD', company: false, customer_since: '2012-01-01' },
  });
  const lineId = newId();
  await make.insert('account_line', {
    id: lineId,
    account_id: accountId,
    number: `UL-${at}`,
    activated_on: '2013-10-01',
  });
  await make.insert('device_record', {
    ...{ id: newId(), imei14, account_id: accountId, sold_by_us: true, segment: 'POSTPAID', jurisdiction: 'US' },
    ...{ purchased_on: '2013-10-01', activated_on: '2013-10-01', fraud_flag: false, balance_minor: 0, currency: 'USD' },
  });
  await make.insert('line_activity', { imei14, line_id: lineId, active_from: '2013-10-01' });
  return imei14;
}

/** Files of codes and codes in quarantine, as they would stand after an import; nothing of them is ever opened here. */
async function codes(shop: Shop, imeis: readonly string[], keyId: string, count: number) {
  const batches: string[] = [];
  const quarantined: string[] = [];
  for (let at = 0; at < count; at++) {
    const batchId = newId();
    batches.push(batchId);
    await shop.make.insert('unlock_code_batch', {
      ...{ id: batchId, import_job_id: batchId, status: 'STAGED', authored_by: 'importer-1' },
    });
    quarantined.push(
      await shop.make.insert('unlock_code', {
        ...{ id: newId(), device_imei14: imeis[at]!.slice(0, 14), code_type: 'SPCK', status: 'QUARANTINED' },
        ...{ quarantine: 'CONFLICT', sealed: Buffer.alloc(60), data_key_id: keyId, batch_id: batchId },
        code_hash: Buffer.alloc(16, at),
      }),
    );
  }
  return { batches, quarantined };
}

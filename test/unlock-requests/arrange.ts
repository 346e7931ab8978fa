import { checkDigit, imeiOf15 } from '../../src/values/check-digits.js';
import { newId } from '../../src/values/id.js';
import { importFile } from '../imports/importing.js';
import type { Client } from '../support/client.js';
import type { Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';

export { imeiOf15 };

/** A policy of a few plain rules that meets the floors of the law. */
export const PLAIN_POLICY = {
  ...{ code: 'PLAIN-2013', jurisdiction: 'US', segment: 'ANY', effectiveFrom: '2013-01-01' },
  ...{ timeZone: 'America/New_York', calendar: 'US-FEDERAL', mode: 'ON_REQUEST' },
  ...{ notices: ['AT_SALE', 'AT_ELIGIBILITY', 'ON_WEBSITE'] },
  groups: [{ name: 'BASE', rules: [{ check: 'SOLD_BY_CARRIER' }, { check: 'NOT_BLOCKED' }] }],
  rules: [{ group: 'BASE' }, { check: 'PAID_IN_FULL' }, { check: 'DAYS_SINCE_PURCHASE', min: 40 }],
  exemptions: [
    {
      ...{ name: 'MILITARY_DEPLOYED', waives: ['DAYS_SINCE_PURCHASE', 'PAID_IN_FULL'] },
      ...{ documents: ['DEPLOYMENT_PAPERS'], familyMemberMayApply: true },
    },
  ],
};

let serial = 0;
/** An IMEI of a maker nobody has told us of. */
export const newImei = (tac = '35391805'): string => imeiOf15(`${tac}${String(++serial + 400_000)}`);

/** Puts a policy into force, written by one person and published by another. */
export async function publishPolicy(shop: Shop, over: object = {}): Promise<string> {
  const author = await shop.as({ ...BACK_OFFICE, sub: 'author-1' });
  const publisher = await shop.as({ ...BACK_OFFICE, sub: 'publisher-1' });
  const { body, text } = await author.post<{ id: string }>('/v1/unlock-policies', { ...PLAIN_POLICY, ...over });
  if (!body.id) throw new Error(text);
  const published = await publisher.post(`/v1/unlock-policies/${body.id}/publish`);
  if (published.status !== 200) throw new Error(published.text);
  return body.id;
}

/** An account with a line. */
export async function account(shop: Shop, over: object = {}): Promise<{ accountId: string; lineId: string }> {
  const n = ++serial;
  const accountId = await shop.make.insert('billing_account', {
    ...{ id: newId(), number: `A-${n}`, state: 'ACTIVE', good_standing: true, past_due_minor: 0, currency: 'USD' },
    ...{ company: false, customer_since: '2010-01-02', ...over },
  });
  const lineId = await shop.make.insert('account_line', {
    ...{ id: newId(), account_id: accountId, number: `L-${n}`, activated_on: '2010-01-02' },
  });
  return { accountId, lineId };
}

/** A handset that billing knows: sold by us, paid for, bought long ago, on a line, unless told otherwise. */
export async function handset(
  shop: Shop,
  over: Readonly<Record<string, unknown>> = {},
  owner?: { accountId: string; lineId: string },
): Promise<string> {
  const imei = newImei();
  const { accountId, lineId } = owner ?? (await account(shop));
  const imei14 = imei.slice(0, 14);
  await shop.make.insert('device_record', {
    ...{ imei14, id: newId(), account_id: accountId, sold_by_us: true, purchased_on: '2014-02-01', fraud_flag: false },
    ...{ balance_minor: 0, currency: 'USD', ...over },
  });
  await shop.make.insert('line_activity', { imei14, line_id: lineId, active_from: '2014-02-01' });
  return imei;
}

/** Unlock codes as a maker's file brings them, approved by a second person. */
export async function holdCodes(shop: Shop, codes: readonly (readonly [imei: string, type: string, code: string])[]) {
  const office: Client = await shop.backOffice();
  const lines = codes.map((code) => code.join());
  await importFile(office, 'UNLOCK_CODES', `imei,code_type,code\n${lines.join('\n')}\n`);
  await shop.db.query(
    `update unlock_code_batch set status = 'APPROVED', decided_by = 'second-person', decided_at = now()
     where status = 'STAGED'`,
  );
}

export const withCheckDigit = (imei14: string): string => imei14 + checkDigit(imei14);

import type { EntityManager } from 'typeorm';
import type { LineRecord } from '../../accounts/billing-facts.js';
import type { EarlierUnlock } from '../eligibility/facts.js';
import type { Rule } from '../eligibility/rule.js';
import { isAll, isAny, isCheck } from '../eligibility/rule.js';
import type { UnlockPolicyFacts } from '../policies/policy-content.js';

/** Whose unlocks may count against a request. */
export interface Whose {
  deviceImei14: string;
  line: Pick<LineRecord, 'lineId' | 'accountId'> | null;
}

/** Unlocks granted before, for a handset, its line or its account; one statement for any number of them. */
export async function earlierUnlocks(
  db: Pick<EntityManager, 'query'>,
  whose: readonly Whose[],
): Promise<(EarlierUnlock & { deviceImei14: string })[]> {
  const rows: (EarlierUnlock & { deviceImei14: string; grantedAt: string | Date })[] = await db.query(
    `select device_imei14 as "deviceImei14", device_imei14 as imei14, kind, line_id as "lineId",
            account_id as "accountId", granted_at as "grantedAt"
     from unlock_grant where revoked_at is null and id in (
       select id from unlock_grant where device_imei14 = any ($1::text[])
       union select id from unlock_grant where line_id = any ($2::uuid[])
       union select id from unlock_grant where account_id = any ($3::uuid[]))
     order by granted_at`,
    [
      whose.map(({ deviceImei14 }) => deviceImei14),
      whose.flatMap(({ line }) => (line ? [line.lineId] : [])),
      whose.flatMap(({ line }) => (line ? [line.accountId] : [])),
    ],
  );
  return rows.map((row) => ({ ...row, grantedAt: new Date(row.grantedAt).toISOString() }));
}

/** Of those, the ones that may count against one request. */
export const ofOne = (all: readonly EarlierUnlock[], { deviceImei14, line }: Whose): EarlierUnlock[] =>
  all.filter(
    ({ imei14, lineId, accountId }) =>
      imei14 === deviceImei14 || (line !== null && (lineId === line.lineId || accountId === line.accountId)),
  );

/**
 * Keeps others from granting under the same caps until the transaction ends: without it two requests on one line would
 * each see the other's unlock as not yet granted. The keys are locked in one order, so that nobody waits in a circle.
 */
export async function lockCaps(tx: EntityManager, policy: UnlockPolicyFacts | undefined, whose: Whose): Promise<void> {
  const scopes = new Set(policy ? capScopes(everyRule(policy)) : []);
  const keys = [
    ...(scopes.has('ACCOUNT') && whose.line ? [`account:${whose.line.accountId}`] : []),
    ...(scopes.has('DEVICE') ? [`device:${whose.deviceImei14}`] : []),
    ...(scopes.has('LINE') && whose.line ? [`line:${whose.line.lineId}`] : []),
  ];
  if (!keys.length) return;
  await tx.query(
    `insert into unlock_cap_lock (scope_key) select key from unnest($1::text[]) with ordinality as k (key, n) order by n
     on conflict (scope_key) do update set scope_key = excluded.scope_key`,
    [keys],
  );
}

const everyRule = ({ content }: UnlockPolicyFacts): Rule[] => [
  ...Object.values(content.groups).flat(),
  ...content.rules,
  ...content.alternatives.flatMap(({ rules }) => rules),
];

/** The scopes of every cap among the rules. */
function capScopes(rules: readonly Rule[]): string[] {
  return rules.flatMap((rule) => {
    if (isCheck(rule)) return rule.check === 'MAX_UNLOCKS' ? [rule['scope'] as string] : [];
    if (isAll(rule)) return capScopes(rule.all);
    return isAny(rule) ? capScopes(rule.any) : [];
  });
}

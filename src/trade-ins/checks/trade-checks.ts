import type { EntityManager } from 'typeorm';
import { newId } from '../../values/id.js';
import type { TradeInLimitsDto } from '../rules/terms.dto.js';
import type { CheckPhase } from './check.words.js';
import { type CheckResult, found } from './handset-checks.js';

/** Keeps what was found, once and for ever. */
export async function keepChecks(
  tx: EntityManager,
  tradeInId: string,
  phase: CheckPhase,
  checks: readonly CheckResult[],
): Promise<void> {
  await tx.query(
    `insert into trade_in_check (id, trade_in_id, phase, name, outcome, source, reference, checked_at)
     select c.id, $2, $3, c.name, c.outcome, c.source, c.reference, c.checked_at
     from unnest($1::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
       as c (id, name, outcome, source, reference, checked_at)`,
    [
      ...[checks.map(newId), tradeInId, phase, checks.map(({ name }) => name), checks.map(({ outcome }) => outcome)],
      ...[checks.map(({ source }) => source), checks.map(({ reference }) => reference)],
      checks.map(({ checkedAt }) => checkedAt),
    ],
  );
}

/** Whose trade-ins are counted. */
export interface Velocity {
  sellerId: string;
  accountId: string | null;
  employee: string;
}

/** Who is not bought from, and who sells more than people do. With the seller's row locked, so that none slips by. */
export async function sellerChecks(
  tx: EntityManager,
  { sellerId, accountId, employee }: Velocity,
  limits: TradeInLimitsDto,
): Promise<CheckResult[]> {
  const [counts]: { barred: boolean; seller: number; account: number; employee: number }[] = await tx.query(COUNTS, [
    ...[sellerId, accountId, employee],
  ]);
  const { barred, seller, account, employee: taken } = counts!;
  const beyond = [
    ...(seller >= limits.perSellerInThirtyDays ? ['SELLER'] : []),
    ...(accountId !== null && account >= limits.perAccountInThirtyDays ? ['ACCOUNT'] : []),
    ...(taken >= limits.perEmployeeInADay ? ['EMPLOYEE'] : []),
  ];
  const now = new Date().toISOString();
  return [
    found('DO_NOT_BUY', barred ? 'FAIL' : 'PASS', 'sellers', now),
    found('VELOCITY', beyond.length ? 'REVIEW' : 'PASS', 'trade-ins', now, beyond.join(' ') || null),
  ];
}

const COUNTS = `
  select exists (select from barred_seller where seller_id = $1 and lifted_at is null) as barred,
    (select count(*)::int from trade_in where seller_id = $1 and accepted_at > now() - interval '30 days') as seller,
    (select count(*)::int from trade_in where account_id = $2::uuid and accepted_at > now() - interval '30 days') as account,
    (select count(*)::int from trade_in where accepted_by = $3 and accepted_at > now() - interval '1 day') as employee`;

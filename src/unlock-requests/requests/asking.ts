import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { NotFound } from '../../platform/problems.js';
import type { Gathered } from '../decisions/facts-gatherer.js';
import type { Disclosure } from './unlock-request.lifecycle.js';

/** How much of what is known the caller may be told. */
export async function disclosureTo(
  db: Pick<EntityManager, 'query'>,
  caller: Caller,
  { identifiers: [{ billing }] }: Gathered,
): Promise<Disclosure> {
  if (caller.role !== 'CUSTOMER') return 'OWNER';
  if (!billing.line) return 'HOLDER';
  const own: unknown[] = await db.query('select 1 from billing_account where id = $1 and customer_subject = $2', [
    billing.line.accountId,
    caller.subject,
  ]);
  return own.length ? 'OWNER' : 'HOLDER';
}

/** A customer may name a line of their own only. @throws NotFound */
export async function mayAsk(
  db: Pick<EntityManager, 'query'>,
  caller: Caller,
  gathered: Gathered,
  lineId: string | undefined,
): Promise<void> {
  if (lineId === undefined || (await disclosureTo(db, caller, gathered)) === 'OWNER') return;
  throw new NotFound('No such line, or not yours.');
}

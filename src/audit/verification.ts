import type { EntityManager } from 'typeorm';
import { brokenLinks } from '../platform/history.js';
import type { AuditChainView, AuditVerificationView } from './audit.view.js';

/** Hashing a store's chain of years takes longer than any statement of a till may. */
const PATIENCE = `set local statement_timeout = '10min'`;

/** A chain whose head was taken away is found by its entries, one without entries by its head. */
const CHAINS = `
  select c.chain, (select count(*) from history h where h.chain = c.chain)::float8 as entries
  from (select chain from audit_chain union select chain from history where chain is not null) c
  where $1::text is null or c.chain = $1
  order by c.chain`;

/** Looks at every link of every chain, or of one; each chain as it stands at one instant. */
export async function verifyChains(tx: EntityManager, only: string | null): Promise<AuditVerificationView> {
  await tx.query(PATIENCE);
  const found: Omit<AuditChainView, 'brokenLinks'>[] = await tx.query(CHAINS, [only]);
  const chains: AuditChainView[] = [];
  for (const one of found) chains.push({ ...one, brokenLinks: await brokenLinks(tx, one.chain) });
  const broken = sumOf(chains.map((chain) => chain.brokenLinks));
  return { ok: broken === 0, entries: sumOf(chains.map(({ entries }) => entries)), brokenLinks: broken, chains };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

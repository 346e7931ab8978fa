import type { EntityManager } from 'typeorm';
import type { Amounts } from './credits.js';

/** What a customer has been given for a trade-in, or is being given, and has not lost again; null for nothing at all. */
export async function givenFor(tx: EntityManager, tradeInId: string): Promise<Amounts | null> {
  const [given]: { market: string | null; extra: string | null }[] = await tx.query(
    `select sum(amount_minor) filter (where component = 'MARKET') as market,
            sum(amount_minor) filter (where component = 'PROMOTION') as extra
     from trade_in_credit where trade_in_id = $1 and status <> 'REVERSED'`,
    [tradeInId],
  );
  if (given!.market === null && given!.extra === null) return null;
  return { marketMinor: Number(given!.market), extraMinor: Number(given!.extra) };
}

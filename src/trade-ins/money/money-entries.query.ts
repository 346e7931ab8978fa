import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { moment } from '../../values/views.js';
import { readTrade } from '../trades/trade-ins.query.js';
import type { MoneyEntriesView, MoneyEntryView } from './money-entries.view.js';
import type { LedgerAccount } from './money.words.js';

interface EntryRow extends Omit<MoneyEntryView, 'postedAt' | 'amountMinor'> {
  postedAt: Date;
  amountMinor: string;
}

/** Reads of the sub-ledger. */
@Injectable()
export class MoneyEntries {
  constructor(private readonly db: DataSource) {}

  /** @throws NotFound */
  async ofTrade(caller: Caller, tradeInId: string): Promise<MoneyEntriesView> {
    const { currency } = await readTrade(this.db, tradeInId, caller);
    const rows: EntryRow[] = await this.db.query(
      `select id, event, debit_account as debit, credit_account as credit, amount_minor as "amountMinor", component,
              credit_id as "creditId", reverses_id as "reversesId", posted_at as "postedAt", actor
       from money_entry where trade_in_id = $1 order by id limit 1000`,
      [tradeInId],
    );
    const entries = rows.map((row) => ({
      ...row,
      amountMinor: Number(row.amountMinor),
      postedAt: moment(row.postedAt),
    }));
    return { currency, entries, balances: balancesOf(entries) };
  }
}

function balancesOf(entries: readonly MoneyEntryView[]): MoneyEntriesView['balances'] {
  const sums = new Map<LedgerAccount, number>();
  for (const { debit, credit, amountMinor } of entries) {
    sums.set(debit, (sums.get(debit) ?? 0) + amountMinor);
    sums.set(credit, (sums.get(credit) ?? 0) - amountMinor);
  }
  return [...sums].sort().map(([account, balanceMinor]) => ({ account, balanceMinor }));
}

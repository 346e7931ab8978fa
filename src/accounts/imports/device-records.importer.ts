import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import {
  amount,
  choice,
  code,
  day,
  flag,
  instant,
  optional,
  required,
  text,
  usually,
} from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { networkImei } from '../../imports/reading/imei-column.js';
import { storeRows } from '../../imports/stored-rows.js';
import { JURISDICTION } from '../accounts.words.js';
import { type Segment, SEGMENTS } from '../billing-facts.js';
import { amountFaults, billingNumber, currencyCode, minorOrNull, twiceFaults, unknownAccount } from './columns.js';

interface DeviceRow {
  imei: string;
  account: string | null;
  sold_by_us: boolean | null;
  brand: string | null;
  segment: Segment | null;
  jurisdiction: string | null;
  purchased_on: string | null;
  activated_on: string | null;
  fraud_flag: boolean | null;
  balance: string | null;
  currency: string | null;
  paid_off_at: string | null;
  payoff_channel: string | null;
  paid_off_early: boolean;
  bill_closes_on: string | null;
  contract_ends_on: string | null;
  upgraded_on: string | null;
}

interface Said {
  account_known: boolean;
  written: boolean;
}

/** What billing knows of devices. A file says all of a device: what it leaves empty is not known. */
@Injectable()
export class DeviceRecordsImporter implements Importer<DeviceRow>, OnModuleInit {
  readonly kind = 'DEVICE_RECORDS';
  readonly columns: Columns<DeviceRow> = {
    imei: required(networkImei),
    account: optional(billingNumber),
    sold_by_us: optional(flag),
    brand: optional(text(60)),
    segment: optional(choice(SEGMENTS)),
    jurisdiction: optional(code(JURISDICTION, 'a country such as US, or CA-QC')),
    purchased_on: optional(day),
    activated_on: optional(day),
    fraud_flag: optional(flag),
    balance: optional(amount),
    currency: optional(currencyCode),
    paid_off_at: optional(instant),
    payoff_channel: optional(text(40)),
    paid_off_early: usually(false, flag),
    bill_closes_on: optional(day),
    contract_ends_on: optional(day),
    upgraded_on: optional(day),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: DeviceRow, line: number, file: FileMemory): LineFault[] {
    const faults = [...amountFaults('balance', row.balance, row.currency), ...payoffFaults(row)];
    return faults.length ? faults : twiceFaults(['imei', row.imei], Number(row.imei), line, file);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly DeviceRow[]): Promise<Outcome[]> => {
      const given = rows.map((row) => ({
        ...row,
        balance_minor: minorOrNull(row.balance, row.currency),
        currency: row.balance === null ? null : row.currency,
      }));
      const said = await storeRows<Said>(tx, STORE, given);
      return rows.map(({ account }, at): Outcome => {
        const { account_known, written } = said[at]!;
        return account_known ? (written ? 'applied' : 'unchanged') : [unknownAccount(account)];
      });
    };
  }
}

function payoffFaults(row: DeviceRow): LineFault[] {
  const { paid_off_at, balance, payoff_channel, paid_off_early, bill_closes_on } = row;
  if (paid_off_at !== null) {
    const owed = balance === null || Number(balance) > 0;
    return owed ? [lineFault('paid_off_at', paid_off_at, 'NOT_PAID_OFF', 'Only a balance of 0 is paid off.')] : [];
  }
  const unexpected = Object.entries({ payoff_channel, paid_off_early, bill_closes_on }).filter(([, value]) => value);
  return unexpected.map(([column, value]) =>
    lineFault(column, String(value), 'NOT_EXPECTED', 'Only of what was paid off: fill in paid_off_at too.'),
  );
}

const FIELDS = `account_id, sold_by_us, brand, segment, jurisdiction, purchased_on, activated_on, fraud_flag,
  balance_minor, currency, paid_off_at, payoff_channel, paid_off_early, bill_closes_on, contract_ends_on, upgraded_on`;
const of = (row: string) => FIELDS.replace(/\w+/g, (field) => `${row}.${field}`);

const STORE = `
  with given as (
    select g.*, b.id as account_id, g.account is null or b.id is not null as account_known
    from jsonb_to_recordset($1::jsonb) as g (n int, id uuid, imei text, account text, sold_by_us boolean, brand text,
      segment text, jurisdiction text, purchased_on date, activated_on date, fraud_flag boolean, balance_minor bigint,
      currency text, paid_off_at timestamptz, payoff_channel text, paid_off_early boolean, bill_closes_on date,
      contract_ends_on date, upgraded_on date)
    left join billing_account b on b.number = g.account
  ), written as (
    insert into device_record as d (imei14, id, ${FIELDS})
    select g.imei, g.id, ${of('g')} from given g where account_known order by imei
    on conflict (imei14) do update set (${FIELDS}, version) = row(${of('excluded')}, d.version + 1)
      where (${of('d')}) is distinct from (${of('excluded')})
    returning imei14
  )
  select g.account_known, written.imei14 is not null as written
  from given g left join written on written.imei14 = g.imei order by g.n`;

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { imeiOf15 } from '../../values/check-digits.js';
import { SellerDesk } from '../sellers/seller-desk.js';
import type { ReportLine } from './report-file.js';

/** How many reports one file holds. */
const MOST_REPORTS = 200;

/** A report that waits, with everything the police are told. */
export interface QueuedReport {
  id: string;
  unitId: string | null;
  /** Until when it is kept who sold. */
  identityUntil: Date;
  line: ReportLine;
}

interface LineRow extends Omit<ReportLine, 'imei' | 'seller'> {
  id: string;
  unitId: string | null;
  imei14: string;
  identityKey: Buffer;
  identitySealed: Buffer | null;
  identityUntil: Date;
}

/** What is due first comes first. $1 register */
const WAITING = `
  select p.id, t.unit_id as "unitId", t.number as transaction, l.time_zone as "timeZone",
    to_char(p.received_at at time zone l.time_zone, 'YYYY-MM-DD HH24:MI:SS') as "receivedAt", l.code as "storeCode",
    l.name as "storeName", concat_ws(', ', nullif(l.street, ''), nullif(l.city, ''),
      nullif(concat_ws(' ', l.region, l.postcode), ' ')) as "storeAddress",
    b.name as maker, m.name as model, v.storage_gb as "storageGb", coalesce(t.received_imei14, t.imei14) as imei14,
    s.identity_key as "identityKey", t.seller_sealed as "identitySealed", t.seller_until as "identityUntil"
  from police_report p join trade_in t on t.id = p.trade_in_id join stock_location l on l.id = p.location_id
  join seller s on s.id = t.seller_id join device_variant v on v.id = t.variant_id
  join device_model m on m.id = v.model_id join brand b on b.id = m.brand_id
  where p.register = $1 and p.status = 'QUEUED' order by p.due_at, p.id limit ${MOST_REPORTS}`;

/** What a register has not been told yet. */
@Injectable()
export class ReportLines {
  constructor(
    private readonly db: DataSource,
    private readonly desk: SellerDesk,
  ) {}

  /** Opened outside any transaction, which must not wait for a second connection. */
  async waiting(register: string): Promise<QueuedReport[]> {
    const rows: LineRow[] = await this.db.query(WAITING, [register]);
    return Promise.all(
      rows.map(async ({ id, unitId, imei14, identityKey, identitySealed, identityUntil, ...line }) => ({
        ...{ id, unitId, identityUntil },
        line: {
          ...line,
          imei: imeiOf15(imei14),
          seller: identitySealed ? await this.desk.open(identityKey, identitySealed) : undefined,
        },
      })),
    );
  }
}

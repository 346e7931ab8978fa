import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { imeiAt } from '../../platform/http/imei-field.js';
import { Conditions, instant, type Statement } from '../../platform/statement.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { PAGE_LIMIT_MAX } from '../../values/page.js';
import type { FindBlockEntriesDto, ListBlockEntriesQuery } from './block-entry.dto.js';
import type { BlockEntriesOfDeviceView, BlockEntryView } from './block-entry.view.js';

const NEWEST_FIRST = { tag: 'block-entries', shape: ['uuid'] } as const;

const SELECT = `
  select json_build_object('id', e.id, 'imei', e.imei14, 'list', e.list, 'reason', e.reason, 'source', e.source,
    'reportedOn', e.reported_on, 'pending', e.pending, 'placedAt', ${instant('e.placed_at')}, 'placedBy', e.placed_by,
    'liftedAt', ${instant('e.lifted_at')}, 'liftedBy', e.lifted_by, 'liftedReason', e.lifted_reason,
    'version', e.version) as view
  from block_entry e`;

const OF_DEVICE = `${SELECT} where e.imei14 = $1 order by e.id desc limit ${PAGE_LIMIT_MAX}`;
const ONE = `${SELECT} where e.id = $1`;

interface Row {
  view: BlockEntryView;
}

const viewOf = ({ view }: Row): BlockEntryView => ({ ...view, imei: imeiOf15(view.imei) });

/** Reads of the lists kept here. */
@Injectable()
export class BlockEntriesQuery {
  constructor(private readonly db: DataSource) {}

  async entries(query: ListBlockEntriesQuery): Promise<Page<BlockEntryView>> {
    const { sql, parameters } = pageOfEntries(query);
    const rows: Row[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, { ...NEWEST_FIRST, keys: ({ view }) => [view.id], view: viewOf });
  }

  /** @throws InvalidInput */
  async ofDevice({ identifier }: FindBlockEntriesDto): Promise<BlockEntriesOfDeviceView> {
    const rows: Row[] = await this.db.query(OF_DEVICE, [imeiAt(identifier, '/identifier')]);
    return { entries: rows.map(viewOf) };
  }
}

function pageOfEntries(query: ListBlockEntriesQuery): Statement {
  const [before] = placeAfter(NEWEST_FIRST, query) ?? [];
  const conditions = new Conditions()
    .only(query.list, (place) => `e.list = ${place}`)
    .only(before, (place) => `e.id < ${place}`);
  if (query.live !== undefined) conditions.always(`e.lifted_at is ${query.live ? 'null' : 'not null'}`);
  const sql = `${SELECT} where ${conditions.toString()} order by e.id desc limit ${conditions.add(rowsToFetch(query))}`;
  return { sql, parameters: conditions.parameters };
}

/** One entry, or undefined when there is none. */
export async function readEntry(db: Pick<EntityManager, 'query'>, id: string): Promise<BlockEntryView | undefined> {
  const [row]: Row[] = await db.query(ONE, [id]);
  return row && viewOf(row);
}

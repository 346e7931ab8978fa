import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { day, optional, required } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { networkImei } from '../../imports/reading/imei-column.js';
import { storeRows } from '../../imports/stored-rows.js';
import { billingNumber, periodFaults, twiceFaults, unknownLine } from './columns.js';

interface ActivityRow {
  line: string;
  imei: string;
  active_from: string | null;
  active_to: string | null;
  first_seen_on: string | null;
  last_seen_on: string | null;
}

interface Said {
  line_known: boolean;
  written: boolean;
}

/** When a device was active on a line as billing has it, and when the network saw it there. */
@Injectable()
export class LineActivityImporter implements Importer<ActivityRow>, OnModuleInit {
  readonly kind = 'LINE_ACTIVITY';
  readonly columns: Columns<ActivityRow> = {
    line: required(billingNumber),
    imei: required(networkImei),
    active_from: optional(day),
    active_to: optional(day),
    first_seen_on: optional(day),
    last_seen_on: optional(day),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: ActivityRow, line: number, file: FileMemory): LineFault[] {
    const faults = [
      ...wholeFaults(row),
      ...periodFaults('active_to', row.active_from, row.active_to),
      ...periodFaults('last_seen_on', row.first_seen_on, row.last_seen_on),
    ];
    const key = `${row.imei}\t${row.line}\t${row.active_from ?? ''}`;
    return faults.length ? faults : twiceFaults(['imei', row.imei], key, line, file);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly ActivityRow[]): Promise<Outcome[]> => {
      const said = await storeRows<Said>(tx, STORE, rows);
      return rows.map(({ line }, at): Outcome => {
        const { line_known, written } = said[at]!;
        return line_known ? (written ? 'applied' : 'unchanged') : [unknownLine(line)];
      });
    };
  }
}

/** A line tells of activity, of usage or of both. */
function wholeFaults({ active_from, active_to, first_seen_on, last_seen_on }: ActivityRow): LineFault[] {
  const needed = (column: string, detail: string) => lineFault(column, '', 'REQUIRED', detail);
  if (active_from === null && active_to !== null) return [needed('active_from', 'When did it begin?')];
  if ((first_seen_on === null) !== (last_seen_on === null)) {
    return [
      needed(first_seen_on === null ? 'first_seen_on' : 'last_seen_on', 'The first and the last day go together.'),
    ];
  }
  if (active_from !== null || first_seen_on !== null) return [];
  return [needed('active_from', 'Fill in when it was active, when it was seen, or both.')];
}

/** Usage only ever grows; of several lines on the same device and line of a batch the widest counts. */
const STORE = `
  with given as (
    select g.*, l.id as line_id
    from jsonb_to_recordset($1::jsonb) as g (n int, line text, imei text, active_from date, active_to date,
      first_seen_on date, last_seen_on date)
    left join account_line l on l.number = g.line
  ), activity as (
    insert into line_activity as a (imei14, line_id, active_from, active_to)
    select imei, line_id, active_from, active_to from given where line_id is not null and active_from is not null
    order by 1, 2, 3
    on conflict (imei14, line_id, active_from) do update set active_to = excluded.active_to
      where a.active_to is distinct from excluded.active_to
    returning imei14, line_id, active_from
  ), seen as (
    insert into line_usage as u (imei14, line_id, first_seen_on, last_seen_on)
    select imei, line_id, min(first_seen_on), max(last_seen_on) from given
    where line_id is not null and first_seen_on is not null group by 1, 2 order by 1, 2
    on conflict (imei14, line_id) do update set first_seen_on = least(u.first_seen_on, excluded.first_seen_on),
      last_seen_on = greatest(u.last_seen_on, excluded.last_seen_on)
      where u.first_seen_on > excluded.first_seen_on or u.last_seen_on < excluded.last_seen_on
    returning imei14, line_id
  )
  select g.line_id is not null as line_known,
    exists (select from activity a where (a.imei14, a.line_id, a.active_from) = (g.imei, g.line_id, g.active_from))
    or g.first_seen_on is not null and exists (select from seen s where (s.imei14, s.line_id) = (g.imei, g.line_id)) as written
  from given g order by g.n`;

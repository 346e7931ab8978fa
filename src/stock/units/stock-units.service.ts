import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Standards } from '../standards/standards.js';
import type { StockUnitsQuery } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { readUnit, type UnitRow, unitsPage, unitView } from './stock-units.query.js';

const PAGING = { tag: 'stock-units', shape: ['uuid'] as const };

/** Reads of units; the acts on them are in the services named after the acts. */
@Injectable()
export class StockUnitsService {
  constructor(
    private readonly db: DataSource,
    private readonly standards: Standards,
  ) {}

  async get(caller: Caller, id: string): Promise<StockUnitView> {
    const row = await readUnit(this.db, boundTo(caller), id);
    if (!row) throw new NotFound('No such unit, or not at your location.');
    return unitView(row, await this.standards.profile());
  }

  async list(caller: Caller, query: StockUnitsQuery): Promise<Page<StockUnitView>> {
    const [after] = placeAfter(PAGING, query) ?? [];
    const { skuId, disposition } = query;
    const only = { locationId: caller.storeId ?? query.locationId, skuId, disposition, after };
    const { sql, parameters } = unitsPage(only, rowsToFetch(query));
    const profile = await this.standards.profile();
    const rows: UnitRow[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, {
      tag: PAGING.tag,
      keys: ({ holding }) => [holding.id],
      view: (row) => unitView(row, profile),
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import { HandsetRecords } from '../../stock/units/handset-records.js';
import { HandsetChecks } from '../checks/handset-checks.js';

/** Handsets as registries, billing and stock know them. */
@Injectable()
export class PayoutHandsets {
  constructor(
    private readonly records: HandsetRecords,
    private readonly checks: HandsetChecks,
    private readonly stock: TradedHandsets,
  ) {}

  /** That it stands in our stock is no fault by now. */
  async findings(imei14: string) {
    const [record] = await this.records.recordsOf([imei14]);
    const { checks, owedMinor } = await this.checks.look(imei14, { ...record!, held: null });
    return { owedMinor, checks: checks.filter(({ name }) => name !== 'OWN_STOCK') };
  }

  bar = (tx: EntityManager, by: Doer, unitId: string, when: 'before' | 'after'): Promise<void> =>
    this.stock.bar(tx, by, { unitId, kind: 'BLOCK_LISTED', reason: `Found on a list ${when} its trade-in was paid` });
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import { HandsetRecords } from '../../stock/units/handset-records.js';
import { HandsetChecks } from '../checks/handset-checks.js';

/** The IMEIs of the trade-in `t`, the one that came first. */
export const SEEN_IMEIS = `array_remove(array[coalesce(t.received_imei14, t.imei14), (
  select i.received_imei14 from trade_in_inspection i where i.trade_in_id = t.id order by i.id desc limit 1)], null)`;

/** Handsets as registries, billing and stock know them. */
@Injectable()
export class PayoutHandsets {
  constructor(
    private readonly records: HandsetRecords,
    private readonly checks: HandsetChecks,
    private readonly stock: TradedHandsets,
  ) {}

  /** Of every IMEI that was seen on it, scanned or read by the inspector; that it stands in our stock is no fault by now. */
  async findings([imei14, ...seen]: readonly string[]) {
    const [record] = await this.records.recordsOf([imei14!]);
    const otherImei14s = [...new Set([...record!.otherImei14s, ...seen])].filter((one) => one !== imei14);
    const { checks, owedMinor } = await this.checks.look(imei14!, { ...record!, otherImei14s, held: null });
    return { owedMinor, checks: checks.filter(({ name }) => name !== 'OWN_STOCK') };
  }

  bar = (tx: EntityManager, by: Doer, unitId: string, when: 'before' | 'after'): Promise<void> =>
    this.stock.bar(tx, by, { unitId, kind: 'BLOCK_LISTED', reason: `Found on a list ${when} its trade-in was paid` });
}

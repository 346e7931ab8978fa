import { DataSource } from 'typeorm';
import { SkuMaking } from '../../src/devices/skus/sku-making.js';
import { TradedHandsets } from '../../src/stock/intake/traded-handsets.js';
import { type HandsetRecord, HandsetRecords } from '../../src/stock/units/handset-records.js';
import type { Doer } from '../../src/platform/caller.js';
import type { MadeSku } from '../support/make.js';
import type { Shop } from '../support/shop.js';

export const BY: Doer = { actor: 'inspector-1', role: 'ASSOCIATE', correlationId: 'trade-in-1' };
export const DOCUMENT = '019b0000-0000-7000-8000-0000000000d0';
export const ANOTHER_DOCUMENT = '019b0000-0000-7000-8000-0000000000d1';

type Steps = TradedHandsets;
type Given<Step extends keyof Steps> = Parameters<Steps[Step]>[2];

/** The steps that the room of trade-ins takes in its own transactions, each in one of its own here. */
export interface TradeInDesk {
  step<Step extends keyof Steps>(step: Step, given: Given<Step>): Promise<Awaited<ReturnType<Steps[Step]>>>;
  /** Takes a handset in, and pays for it when a cost is given. */
  handedIn(
    sku: MadeSku,
    locationId: string,
    over?: Partial<Given<'takeIn'>> & { costMinor?: number },
  ): Promise<{ unitId: string; holdingId: string; imei14: string }>;
  recordOf(imei14: string): Promise<HandsetRecord | undefined>;
  close(): Promise<void>;
}

/** Opens the desk on the database of a shop. */
export async function tradeInDesk(shop: Shop): Promise<TradeInDesk> {
  const db = await new DataSource({ type: 'postgres', url: shop.database.url, poolSize: 20 }).initialize();
  const steps = new TradedHandsets(new SkuMaking());
  let serial = 0;
  const step: TradeInDesk['step'] = (name, given) =>
    db.transaction((tx) => (steps[name] as (...all: unknown[]) => Promise<never>).call(steps, tx, BY, given));
  return {
    step,
    handedIn: async ({ variantId }, locationId, { costMinor, ...over } = {}) => {
      const imei14 = over.imei14s?.[0] ?? `35676105${String(++serial).padStart(6, '0')}`;
      const handset = { imei14s: [imei14], variantId, locationId, currency: 'USD', documentId: DOCUMENT };
      const taken = await step('takeIn', { ...handset, sealedBag: null, ...over });
      if (costMinor !== undefined) await step('acquire', { unitId: taken.unitId, costMinor, documentId: DOCUMENT });
      return { ...taken, imei14 };
    },
    recordOf: async (imei14) => (await new HandsetRecords(db).recordsOf([imei14]))[0],
    close: () => db.destroy(),
  };
}

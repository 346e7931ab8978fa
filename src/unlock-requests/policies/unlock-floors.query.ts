import type { EntityManager } from 'typeorm';
import { UnlockFloor } from './unlock-floor.entity.js';

/** Every floor, also those that are only proposed. */
export const readFloors = (tx: EntityManager): Promise<UnlockFloor[]> =>
  tx.getRepository(UnlockFloor).find({ order: { code: 'ASC' } });

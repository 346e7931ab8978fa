import type { ActTable } from '../../platform/lifecycle.js';

export const MODEL_LIFECYCLE = ['ANNOUNCED', 'ON_SALE', 'SELL_THROUGH', 'END_OF_SALE', 'END_OF_SUPPORT'] as const;
export type ModelLifecycle = (typeof MODEL_LIFECYCLE)[number];

/** The whole life of a device model, on one page. */
export const MODEL_ACTS = {
  launch: { from: ['ANNOUNCED'], to: 'ON_SALE' },
  sellThrough: { from: ['ON_SALE'], to: 'SELL_THROUGH' },
  endSale: { from: ['ON_SALE', 'SELL_THROUGH'], to: 'END_OF_SALE' },
  cancel: { from: ['ANNOUNCED'], to: 'END_OF_SALE' },
  endSupport: { from: ['END_OF_SALE'], to: 'END_OF_SUPPORT' },
} as const satisfies ActTable<ModelLifecycle>;
export type ModelAct = keyof typeof MODEL_ACTS;
export const MODEL_ACT_NAMES = Object.keys(MODEL_ACTS) as readonly ModelAct[];

/** What the end of the maker's licence means for stock already here. */
export const LICENCE_RULES = ['SELL_THROUGH_NO_REORDER', 'STOP_SALE'] as const;
export type LicenceRule = (typeof LICENCE_RULES)[number];

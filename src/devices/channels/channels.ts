/** How a customer can come by a SKU. */
export const CHANNELS = ['IN_STORE', 'DISPLAY_ONLY', 'SHIP_TO_HOME', 'SHIP_TO_STORE'] as const;
export type Channel = (typeof CHANNELS)[number];

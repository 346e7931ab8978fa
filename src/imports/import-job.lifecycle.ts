/** What a file can hold. */
export const IMPORT_KINDS = [
  'CATALOGUE',
  'TACS',
  'PRICES',
  'CHANNELS',
  'LOCATIONS',
  'UNITS',
  'BULK_STOCK',
  'ACCOUNTS',
  'LINES',
  'DEVICE_RECORDS',
  'LINE_ACTIVITY',
  'PAID_SERVICE',
  'LINE_PAYMENTS',
  'BLOCK_LIST',
  'GENERAL_LIST',
  'UNLOCK_CODES',
  'UNLOCK_LOTS',
  'PRICE_LINES',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const IMPORT_FORMATS = ['CSV', 'JSON_LINES'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export const IMPORT_STATES = ['UPLOADING', 'WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

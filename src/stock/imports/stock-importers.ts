import { BulkStockImporter } from './bulk-stock.importer.js';
import { LocationsImporter } from './locations.importer.js';
import { UnitsImporter } from './units.importer.js';

/** What this room knows to import. */
export const STOCK_IMPORTERS = [LocationsImporter, UnitsImporter, BulkStockImporter];

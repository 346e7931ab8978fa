import { CatalogueImporter } from './catalogue.importer.js';
import { ChannelsImporter } from './channels.importer.js';
import { PricesImporter } from './prices.importer.js';
import { TacsImporter } from './tacs.importer.js';

/** What this room knows to import. */
export const DEVICE_IMPORTERS = [CatalogueImporter, TacsImporter, PricesImporter, ChannelsImporter];

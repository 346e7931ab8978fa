import { AccountsImporter } from './accounts.importer.js';
import { DeviceRecordsImporter } from './device-records.importer.js';
import { LineActivityImporter } from './line-activity.importer.js';
import { LinePaymentsImporter } from './line-payments.importer.js';
import { LinesImporter } from './lines.importer.js';
import { PaidServiceImporter } from './paid-service.importer.js';

/** What this room knows to import. */
export const ACCOUNT_IMPORTERS = [
  AccountsImporter,
  LinesImporter,
  DeviceRecordsImporter,
  LineActivityImporter,
  PaidServiceImporter,
  LinePaymentsImporter,
];

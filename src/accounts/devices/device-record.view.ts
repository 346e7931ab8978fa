import { Id, Nullable, Text, WholeNumber } from '../../values/fields.js';
import { DeviceFactsView } from '../billing/billing-facts.view.js';

/** What is kept here of a device. */
export class DeviceRecordView extends DeviceFactsView {
  /** Names the record where no IMEI may stand, in histories and events. */
  @Id()
  id: string;
  /** Its IMEI with the check digit, as it is printed. */
  @Text(15, 15)
  imei: string;
  /** The account of its last activity; null when not known. */
  @Nullable()
  @Id()
  accountId: string | null;
  /** Grows with every change; the ETag names it. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

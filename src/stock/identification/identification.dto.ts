import { IdentifierText } from '../../values/fields.js';

export class IdentifyDeviceDto {
  /** IMEI, IMEISV, MEID, EID or serial number, as typed, pasted or scanned. Dial *#06# to see the IMEI. */
  @IdentifierText()
  identifier: string;
}

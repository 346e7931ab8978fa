import { isFault, readDeviceIdentifier } from '../../values/device-identifier.js';
import { ColumnFault, type Reader } from './columns.js';

/**
 * An IMEI as networks, billing systems and registries write it, as the fourteen digits it is matched on: 15 digits, 16
 * with the software version, or 14 without any, and 15 with a 0 where the check digit would stand.
 */
export const networkImei: Reader<string> = (given) => {
  const read = readDeviceIdentifier(given, { from: 'REGISTRY' });
  if (isFault(read)) return new ColumnFault(read.fault, read.detail);
  return read.kind === 'IMEI'
    ? read.value
    : new ColumnFault('NOT_AN_IDENTIFIER', 'Must be an IMEI of 14 to 16 digits.');
};

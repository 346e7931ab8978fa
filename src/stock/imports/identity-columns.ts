import { ColumnFault, type Reader } from '../../imports/reading/columns.js';
import { imeiFromForm, isFault, serialFromForm } from '../../values/device-identifier.js';

const ZERO = 48;

/** Whether fifteen figures end in their check digit; the same sum as everywhere, without making a list of it. */
function addsUp(figures: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const figure = figures.charCodeAt(at) - ZERO;
    const weighed = at % 2 ? figure * 2 : figure;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Figures that no rule about sample and made-up numbers concerns: they do not begin like any of those. */
const ORDINARY = /^(?:35|86|99)\d{13}$/;
const REPETITIVE = /^(\d)\1{8}/;

/** An IMEI with its check digit, as the fourteen digits it is matched on. */
export const imeiColumn: Reader<string> = (given) => {
  // A file has a million of them; only what is not plainly in order is looked at closely.
  if (ORDINARY.test(given) && addsUp(given) && !REPETITIVE.test(given)) return given.slice(0, 14);
  const read = imeiFromForm(given);
  return isFault(read) ? new ColumnFault(read.fault, read.detail) : read.imei14;
};

const PLAIN_SERIAL = /^[0-9A-Z]{4,32}$/;

/** A maker's serial number. */
export const serialColumn: Reader<string> = (given) => {
  if (/^\d+(?:[.,]\d+)?E\+\d+$/i.test(given)) {
    return new ColumnFault(
      'SPREADSHEET_DAMAGE',
      'A spreadsheet rounded this number; export the column as text and send it again.',
    );
  }
  if (PLAIN_SERIAL.test(given)) return given;
  const read = serialFromForm(given);
  return isFault(read) ? new ColumnFault(read.fault, read.detail) : read.value;
};

const LONGEST_AS_NUMBER = 10;
const FIGURES = 37;

/** A serial number as a whole number where it fits into one, which takes a sixth of the memory; else the text. */
export function serialNumberKey(serial: string): number | string {
  if (serial.length > LONGEST_AS_NUMBER) return serial;
  let key = 0;
  for (let at = 0; at < serial.length; at++) {
    const code = serial.charCodeAt(at);
    key = key * FIGURES + (code < 58 ? code - 47 : code - 54);
  }
  return key;
}

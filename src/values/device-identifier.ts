import { checkDigit, passesLuhn } from './check-digits.js';
import { identifierFault, type IdentifierFault } from './identifier-faults.js';
import { looksLikeQuantity, unwrapped, withoutSeparators } from './identifier-text.js';
import { meidCheckCharacter, meidHexOf } from './meid.js';

/**
 * How an IMEI was written: PRINTED with its check digit; NETWORK with a 0 in its place, as switches record it;
 * IMEISV with the software version instead; BARE with nothing after the fourteen digits.
 */
export type ImeiForm = 'PRINTED' | 'NETWORK' | 'IMEISV' | 'BARE';

/** An IMEI: `value` is the fourteen digits it is matched on, without check digit or software version. */
export interface Imei {
  kind: 'IMEI';
  value: string;
  form: ImeiForm;
  /** Two digits of software version, when the IMEI was given with them. */
  svn?: string;
}

/** A device identifier in the one form it is stored and matched in. */
export type DeviceIdentifier = Imei | { kind: 'MEID' | 'EID' | 'ICCID'; value: string };

/** A maker's serial number: capitals and digits, told apart from nothing, so read only where one is asked for. */
export interface SerialNumber {
  kind: 'SERIAL';
  value: string;
}

/** Where the text comes from: a person's form, or a registry or network that leaves the check digit out. */
export interface IdentifierSource {
  from?: 'FORM' | 'REGISTRY';
}

const SAMPLE_IMEIS = ['12345678901234', '01234567890123', '98765432109876'];
const LOST_ZERO =
  'A digit is missing, most likely a 0 at the front that a spreadsheet dropped; take the number again from the device.';
const NO_CHECK_DIGIT = 'The last digit is missing: an IMEI has 15 digits, this has 14; dial *#06# to see it.';

/** Tells a refusal from a read identifier. */
export function isFault<T extends object>(read: T | IdentifierFault): read is IdentifierFault {
  return 'fault' in read;
}

function junk(figures: string): IdentifierFault | undefined {
  if (/^0+$/.test(figures)) return identifierFault('NULL_IMEI');
  if (/^(.)\1*$/.test(figures)) return identifierFault('REPEATED_DIGIT');
  if (/^\d+$/.test(figures) && (figures.startsWith('00') || SAMPLE_IMEIS.includes(figures))) {
    return identifierFault('TEST_RANGE');
  }
  return undefined;
}

function imei(value: string, form: ImeiForm, svn?: string): Imei | IdentifierFault {
  return junk(value) ?? { kind: 'IMEI', value, form, ...(svn === undefined ? {} : { svn }) };
}

function fromFifteen(digits: string): Imei | IdentifierFault {
  const value = digits.slice(0, 14);
  const last = digits.slice(14);
  const right = last === checkDigit(value);
  if (!right && last !== '0') return junk(value) ?? identifierFault('CHECK_DIGIT');
  return imei(value, right ? 'PRINTED' : 'NETWORK');
}

function fromFourteen(digits: string, source: IdentifierSource): Imei | IdentifierFault {
  if (source.from === 'REGISTRY') return imei(digits, 'BARE');
  // TACs with a 0 in front go on with 1 (01 is the United States); the check digit tells the rest.
  const lostZero = digits.startsWith('1') && passesLuhn(digits);
  return lostZero ? identifierFault('SPREADSHEET_DAMAGE', LOST_ZERO) : identifierFault('WRONG_LENGTH', NO_CHECK_DIGIT);
}

function meid(hex: string | undefined): DeviceIdentifier | IdentifierFault {
  if (hex === undefined) return identifierFault('NOT_AN_IDENTIFIER');
  if (/^\d+$/.test(hex)) return imei(hex, 'BARE');
  // Under A0 the range belongs to decimal numbers, where a letter is a mistake.
  return hex < 'A0' ? identifierFault('NOT_AN_IDENTIFIER') : (junk(hex) ?? { kind: 'MEID', value: hex });
}

function checkedMeid(figures: string, toHex: (figures: string) => string | undefined) {
  const bare = figures.slice(0, -1);
  if (meidCheckCharacter(bare) !== figures.slice(-1)) return identifierFault('CHECK_DIGIT');
  return meid(toHex(bare));
}

function eid(digits: string): DeviceIdentifier | IdentifierFault {
  return BigInt(digits) % 97n === 1n ? { kind: 'EID', value: digits } : identifierFault('EID_CHECKSUM');
}

function iccid(digits: string): DeviceIdentifier | IdentifierFault {
  // Eighteen digits are printed by carriers that leave the check digit off.
  if (digits.length > 18 && !passesLuhn(digits)) return identifierFault('ICCID_CHECKSUM');
  return { kind: 'ICCID', value: digits };
}

function fromDigits(digits: string, source: IdentifierSource): DeviceIdentifier | IdentifierFault {
  if (/^89\d{16,18}$/.test(digits)) return iccid(digits);
  if (digits.length === 14) return fromFourteen(digits, source);
  if (digits.length === 15) return fromFifteen(digits);
  if (digits.length === 16) return imei(digits.slice(0, 14), 'IMEISV', digits.slice(14));
  if (digits.length === 18) return meid(meidHexOf(digits));
  if (digits.length === 19) return checkedMeid(digits, meidHexOf);
  if (digits.length === 32) return eid(digits);
  return identifierFault(digits.length > 32 ? 'TOO_LONG' : 'WRONG_LENGTH');
}

function fromFigures(figures: string, source: IdentifierSource): DeviceIdentifier | IdentifierFault {
  if (/^\d+$/.test(figures)) return fromDigits(figures, source);
  if (!/^[0-9A-F]+$/.test(figures)) return identifierFault('NOT_AN_IDENTIFIER');
  if (figures.length === 14) return meid(figures);
  if (figures.length === 15) return checkedMeid(figures, (hex) => hex);
  return identifierFault('NOT_AN_IDENTIFIER');
}

// Some handsets show `490154203237518 / 01`: the IMEI with its check digit, then the software version.
function imeiAndVersion(text: string): Imei | IdentifierFault | undefined {
  const shown = /^(\d{15})\/(\d{2})$/.exec(text.replaceAll(' ', ''));
  if (!shown) return undefined;
  const read = fromFifteen(shown[1]!);
  return isFault(read) ? read : { ...read, svn: shown[2]! };
}

/**
 * Reads an IMEI, IMEISV, MEID, EID or ICCID as people type and paste them.
 *
 * Damage is named, never repaired by guessing. Fourteen digits are taken from a registry only. A MEID of decimal
 * figures is the IMEI of the same digits. An IMEI ending in 0 against its check digit comes back in NETWORK form:
 * nothing protects it from a slip of the finger, so a form that must have the right device refuses it
 * ({@link imeiFromForm} does).
 */
export function readDeviceIdentifier(text: string, source: IdentifierSource = {}): DeviceIdentifier | IdentifierFault {
  const typed = unwrapped(text);
  if (typeof typed !== 'string') return typed;
  if (looksLikeQuantity(typed)) return identifierFault('SPREADSHEET_DAMAGE');
  return imeiAndVersion(typed) ?? fromFigures(withoutSeparators(typed), source);
}

/** Reads a form field that must hold an IMEI, with its check digit or with its software version (IMEISV). */
export function imeiFromForm(text: string): { imei14: string } | IdentifierFault {
  const read = readDeviceIdentifier(text);
  if (isFault(read)) return read;
  if (read.kind !== 'IMEI') return identifierFault('NOT_AN_IDENTIFIER', 'An IMEI is asked for; dial *#06# to see it.');
  return read.form === 'NETWORK' ? identifierFault('CHECK_DIGIT') : { imei14: read.value };
}

/** Reads a maker's serial number of 4 to 32 capitals and digits, where one is asked for by name. */
export function serialFromForm(text: string): SerialNumber | IdentifierFault {
  const typed = unwrapped(text);
  if (typeof typed !== 'string') return typed;
  const value = withoutSeparators(typed);
  if (!/^[0-9A-Z]+$/.test(value)) {
    return identifierFault('NOT_AN_IDENTIFIER', 'A serial number has letters and digits.');
  }
  if (value.length > 32) return identifierFault('TOO_LONG');
  return value.length < 4
    ? identifierFault('WRONG_LENGTH', 'The serial number is too short.')
    : { kind: 'SERIAL', value };
}

import { identifierFault, type IdentifierFault } from './identifier-faults.js';

// An EID in groups with a label is under 60 characters; more is a pasted page, not worth looking at.
const LONGEST_TEXT = 128;
// Marks that pasting brings along: zero width, text direction, soft hyphen, byte order mark.
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const WRAPPING = /^[='"]{1,3}|['"]{1,3}$/g;
const LABEL = /^(?:IMEI ?SV|IMEI|MEID|EID|ICCID)(?: {0,2}[12]?(?: ?[:#.-] ?|(?<=[12]) )| |(?=\d))/;
const SEPARATORS = /[ \-./]/g;

const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+?\d{1,2}$/;
const AS_DECIMAL = /^\d+[.,]0+$/;
const GROUPED_BY_COMMAS = /^\d{1,3}(?:,\d{3})+$/;

const toAscii = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xfee0);

/**
 * The text as typed, without what people, scanners and programs put round it: blanks, invisible marks, quotes,
 * a label such as `IMEI 1:`; full-width characters become plain ones, letters capitals. Separators are still there.
 */
export function unwrapped(text: string): string | IdentifierFault {
  if (text.length > LONGEST_TEXT) return identifierFault('TOO_LONG');
  const plain = text
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, toAscii)
    .replace(DASHES, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(WRAPPING, '')
    .toUpperCase();
  return plain.replace(LABEL, '').trim() || identifierFault('EMPTY');
}

/** Tells whether a spreadsheet took the number for a quantity (`3.56112E+14`, `356112050000010.0`, `356,112,…`). */
export function looksLikeQuantity(unwrappedText: string): boolean {
  const tight = unwrappedText.replaceAll(' ', '');
  return SCIENTIFIC.test(tight) || AS_DECIMAL.test(tight) || GROUPED_BY_COMMAS.test(tight);
}

/** The figures alone, without the blanks, hyphens, dots and slashes people group them with. */
export function withoutSeparators(unwrappedText: string): string {
  return unwrappedText.replace(SEPARATORS, '');
}

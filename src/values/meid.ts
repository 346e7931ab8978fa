import { createHash } from 'node:crypto';
import { luhnCharacter } from './check-digits.js';

const HEX_FORM = /^[0-9A-F]{14}$/;
const DECIMAL_FORM = /^\d{18}$/;
const LARGEST_MAKER_CODE = 0xffff_ffff;
const LARGEST_SERIAL = 0xff_ffff;

function hexForm(hex: string): string {
  if (!HEX_FORM.test(hex)) throw new RangeError('A MEID has fourteen hexadecimal figures, in capitals.');
  return hex;
}

/**
 * The eighteen digit form of a MEID: ten digits for the first eight hexadecimal figures, eight for the last six.
 * @throws RangeError when not given fourteen hexadecimal figures in capitals.
 */
export function meidDecimalOf(hex: string): string {
  const maker = Number.parseInt(hexForm(hex).slice(0, 8), 16);
  const serial = Number.parseInt(hex.slice(8), 16);
  return String(maker).padStart(10, '0') + String(serial).padStart(8, '0');
}

/** The hexadecimal form of an eighteen digit MEID, or undefined when no MEID is written so. */
export function meidHexOf(decimal: string): string | undefined {
  if (!DECIMAL_FORM.test(decimal)) return undefined;
  const maker = Number(decimal.slice(0, 10));
  const serial = Number(decimal.slice(10));
  if (maker > LARGEST_MAKER_CODE || serial > LARGEST_SERIAL) return undefined;
  return (maker.toString(16).padStart(8, '0') + serial.toString(16).padStart(6, '0')).toUpperCase();
}

/** The check character of a MEID: reckoned in base 16, or in base 10 when all its figures are decimal. */
export function meidCheckCharacter(figures: string): string {
  return luhnCharacter(figures, /^\d+$/.test(figures) ? 10 : 16);
}

/**
 * The pseudo ESN that older networks know a MEID by: 80, then the last 24 bits of its SHA-1, as eight figures.
 * @throws RangeError when not given fourteen hexadecimal figures in capitals.
 */
export function pseudoEsnOf(hex: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(hexForm(hex), 'hex'))
    .digest('hex');
  return `80${digest.slice(-6)}`.toUpperCase();
}

import { randomBytes } from 'node:crypto';

// Crockford's base 32: no I, L, O or U, which are misread or spell words.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHECK_MODULUS = 37n;
const CHARACTERS = 16;
const LONGEST_TEXT = 64;

/** Why a text is not taken as a request number, each with the sentence told to the person who typed it. */
const SHORT_NUMBER_FAULTS = {
  WRONG_LENGTH: 'A request number has 17 letters and digits; some are missing or too many.',
  WRONG_CHARACTER: 'A request number has only digits and the letters A to Z, and no U.',
  CHECK_CHARACTER: 'One of the characters is wrong: the last one does not agree with the others.',
} as const;

/** A refused request number: the reason by name, and a sentence fit to be shown. */
export interface ShortNumberFault {
  fault: keyof typeof SHORT_NUMBER_FAULTS;
  detail: string;
}

const refused = (fault: ShortNumberFault['fault']): ShortNumberFault => ({ fault, detail: SHORT_NUMBER_FAULTS[fault] });

function checkCharacter(characters: string): string | undefined {
  const value = Array.from(characters).reduce((sum, letter) => sum * 32n + BigInt(ALPHABET.indexOf(letter)), 0n);
  return ALPHABET[Number(value % CHECK_MODULUS)];
}

const grouped = (characters: string): string => characters.replace(/(.{4})/g, '$1-');

// 256 is a multiple of 32, so the low five bits of each byte are as good as drawn.
function drawn(): string {
  return Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/**
 * A new number for a customer to keep, such as `7ZQK-4M0T-9XWA-B3HD-5`: 16 random characters and a check character.
 * It cannot be guessed (close to 80 bits), so knowing it may be proof enough to see how the request stands.
 */
export function newShortNumber(): string {
  for (;;) {
    const characters = drawn();
    const check = checkCharacter(characters);
    // Five of the 37 check values have only signs such as ~ and $, which nobody reads out over a telephone.
    if (check !== undefined) return grouped(characters) + check;
  }
}

/** Reads a request number as people write it: any case, spaces or hyphens anywhere, O for 0, I or L for 1. */
export function readShortNumber(text: string): string | ShortNumberFault {
  if (text.length > LONGEST_TEXT) return refused('WRONG_LENGTH');
  const typed = text.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]*$/.test(typed)) return refused('WRONG_CHARACTER');
  if (typed.length !== CHARACTERS + 1) return refused('WRONG_LENGTH');
  const characters = typed.slice(0, CHARACTERS);
  if (typed.slice(CHARACTERS) !== checkCharacter(characters)) return refused('CHECK_CHARACTER');
  return grouped(characters) + typed.slice(CHARACTERS);
}

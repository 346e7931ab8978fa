import fc from 'fast-check';
import { newId } from '../../src/values/id.js';
import { newShortNumber, readShortNumber } from '../../src/values/short-number.js';

const GROUPED = /^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$/;
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const anyNumber = fc.nat().map(() => newShortNumber());

describe('a request number', () => {
  it('is read back as it was made', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(number).toMatch(GROUPED);
        expect(readShortNumber(number)).toBe(number);
      }),
    );
  });

  it('is read in any case, with any blanks and hyphens, and with letters like digits', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const bare = number.replaceAll('-', '');
        expect(readShortNumber(` ${bare.toLowerCase()}\n`)).toBe(number);
        expect(readShortNumber(bare.split('').join(' -'))).toBe(number);
        expect(readShortNumber(number.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(number);
        expect(readShortNumber(number.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(number);
      }),
    );
  });

  it('gives away any single wrong character', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(16), fc.integer({ min: 1, max: 31 }), (number, at, shift) => {
        const bare = number.replaceAll('-', '');
        const wrong = LETTERS[(LETTERS.indexOf(bare[at]!) + shift) % 32]!;
        expect(readShortNumber(bare.slice(0, at) + wrong + bare.slice(at + 1))).toMatchObject({
          fault: 'CHECK_CHARACTER',
        });
      }),
    );
  });

  it('gives away two neighbours in the wrong order', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(14), (number, at) => {
        const bare = number.replaceAll('-', '');
        fc.pre(bare[at] !== bare[at + 1]);
        const swapped = bare.slice(0, at) + bare[at + 1]! + bare[at]! + bare.slice(at + 2);
        expect(readShortNumber(swapped)).toMatchObject({ fault: 'CHECK_CHARACTER' });
      }),
    );
  });

  it.each([
    ['0000-0000-0000-0000-0', '0000-0000-0000-0000-0'],
    ['0000-0000-0000-0001-1', '0000-0000-0000-0001-1'],
    ['0000-0000-0000-0010-Z', undefined],
    ['0000-0000-0000-000Z-Z', '0000-0000-0000-000Z-Z'],
  ])('has its check character reckoned as Crockford does: %s', (text, expected) => {
    const read = readShortNumber(text);
    expect(typeof read === 'string' ? read : undefined).toBe(expected);
  });

  it.each([
    ['', 'WRONG_LENGTH'],
    ['0000-0000-0000-0000', 'WRONG_LENGTH'],
    ['0000-0000-0000-0000-00', 'WRONG_LENGTH'],
    ['-'.repeat(100_000), 'WRONG_LENGTH'],
    ['U000-0000-0000-0000-0', 'WRONG_CHARACTER'],
    ['0000-0000-0000-0000-~', 'WRONG_CHARACTER'],
    ['0000_0000', 'WRONG_CHARACTER'],
  ])('is refused when written %.30j', (text, fault) => {
    expect(readShortNumber(text)).toMatchObject({ fault });
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readShortNumber(text)));
  });
});

describe("a row's id", () => {
  it('is a UUID of version 7, each after the one before', () => {
    const ids = Array.from({ length: 1000 }, newId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1000);
  });
});

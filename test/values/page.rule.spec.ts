import fc from 'fast-check';
import { newId } from '../../src/values/id.js';
import {
  decodeCursor,
  encodeCursor,
  PAGE_LIMIT_DEFAULT,
  PAGE_LIMIT_MAX,
  PAGE_LIMIT_MIN,
} from '../../src/values/page.js';

const ID = '01939b2e-7c3a-7d2e-9f1a-2b3c4d5e6f70';
const NOON = '2026-11-23T12:00:00.123456Z';
const written = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('comes back as it was made', () => {
    const cursor = encodeCursor('devices', ['Pixel', 38_400, ID, NOON]);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor('devices', cursor, ['string', 'number', 'uuid', 'instant'])).toEqual([
      'Pixel',
      38_400,
      ID,
      NOON,
    ]);
  });

  it('comes back for any texts, numbers and instants', () => {
    const instant = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\u0000'));
    fc.assert(
      fc.property(text, fc.maxSafeInteger(), instant, (name, count, at) => {
        const parts = [name, count === 0 ? 0 : count, at, newId()];
        expect(decodeCursor('list', encodeCursor('list', parts), ['string', 'number', 'instant', 'uuid'])).toEqual(
          parts,
        );
      }),
    );
  });

  it('is refused when it belongs to another list', () => {
    expect(decodeCursor('stores', encodeCursor('devices', [ID]), ['uuid'])).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['too few parts', ['devices', ID]],
    ['too many parts', ['devices', ID, 1, 1]],
    ['parts of another kind', ['devices', 1, ID]],
    ['a number with decimals', ['devices', ID, 1.5]],
    ['a number beyond safe integers', ['devices', ID, 2 ** 53]],
    ['a UUID in another form', ['devices', ID.toUpperCase(), 1]],
    ['nothing but an object', { 0: 'devices', 1: ID, 2: 1, length: 3 }],
    ['null', null],
    ['a nested list', ['devices', [ID], 1]],
  ])('is refused with %s', (_, value) => {
    expect(decodeCursor('devices', written(value), ['uuid', 'number'])).toBeUndefined();
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23',
    '0000-01-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    'now',
  ])('is refused with the instant %s', (instant) => {
    expect(decodeCursor('devices', written(['devices', instant]), ['instant'])).toBeUndefined();
  });

  it('is refused with a NUL in a text', () => {
    expect(decodeCursor('devices', written(['devices', 'a\u0000b']), ['string'])).toBeUndefined();
  });

  it('is refused when damaged', () => {
    const cursor = encodeCursor('devices', [ID]);
    for (const damaged of [
      cursor.slice(1),
      cursor.slice(0, -1),
      `${cursor}=`,
      `${cursor} `,
      ` ${cursor}`,
      cursor.repeat(20),
      '',
      '=',
    ]) {
      expect(decodeCursor('devices', damaged, ['uuid'])).toBeUndefined();
    }
  });

  it('is refused, not thrown at, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.json().map(written)), (text) => {
        expect(decodeCursor('devices', text, ['uuid'])).toBeUndefined();
      }),
    );
  });

  it('is not made of what could not be read back', () => {
    expect(() => encodeCursor('devices', [0.5])).toThrow(RangeError);
    expect(() => encodeCursor('devices', ['x'.repeat(2000)])).toThrow(RangeError);
  });

  it('marks pages of 1 to 200 rows, 50 unless told', () => {
    expect([PAGE_LIMIT_MIN, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX]).toEqual([1, 50, 200]);
  });
});

import { tacColumn } from '../../src/devices/imports/tacs.importer.js';
import { csvCell } from '../../src/values/csv.js';
import * as columns from '../../src/imports/reading/columns.js';
import { CsvRecords } from '../../src/imports/reading/csv-records.js';
import { FileMemory } from '../../src/imports/reading/file-memory.js';
import { Lines } from '../../src/imports/reading/lines.js';
import { imeiColumn, serialColumn, serialNumberKey } from '../../src/stock/imports/identity-columns.js';
import { timeZone } from '../../src/stock/imports/locations.importer.js';
import { timeOrderedIds } from '../../src/stock/imports/unit-intake.js';
import { imeiFromForm } from '../../src/values/device-identifier.js';
import { imeiOf15 } from '../../src/values/check-digits.js';

const outcome = (read: unknown) => (read instanceof columns.ColumnFault ? read.code : read);

describe('read a column', () => {
  it.each([
    [columns.amount, '384.00', '384.00'],
    [columns.amount, '384,00', 'DECIMAL_COMMA'],
    [columns.amount, '1,234.50', 'DECIMAL_COMMA'],
    [columns.amount, '$384', 'NOT_AN_AMOUNT'],
    [columns.amount, '-1.00', 'NOT_AN_AMOUNT'],
    [columns.amount, '007', 'NOT_AN_AMOUNT'],
    [columns.amount, '3.8E+2', 'SPREADSHEET_DAMAGE'],
    [columns.day, '2014-02-21', '2014-02-21'],
    [columns.day, '2/21/2014', 'AMBIGUOUS_DATE'],
    [columns.day, '21.02.2014', 'AMBIGUOUS_DATE'],
    [columns.day, '41691', 'SPREADSHEET_DAMAGE'],
    [columns.day, '2014-02-30', 'NOT_A_TIME'],
    [columns.instant, '2014-02-21T08:00:00Z', '2014-02-21T08:00:00Z'],
    [columns.instant, '2014-02-28T23:59:59-08:00', '2014-02-28T23:59:59-08:00'],
    [columns.instant, '2014-02-29T08:00:00Z', 'NOT_A_TIME'],
    [columns.instant, '2014-02-21', 'NOT_A_TIME'],
    [columns.instant, '2014-02-21 08:00', 'AMBIGUOUS_DATE'],
    [columns.whole(0, 10), '10', 10],
    [columns.whole(0, 10), '11', 'OUT_OF_RANGE'],
    [columns.whole(0, 10), '1.0', 'NOT_A_WHOLE_NUMBER'],
    [columns.decimal(-90, 90), '47.6116', 47.6116],
    [columns.decimal(-90, 90), '47,6116', 'DECIMAL_COMMA'],
    [columns.decimal(-90, 90), '91', 'OUT_OF_RANGE'],
    [columns.flag, 'true', true],
    [columns.flag, 'yes', 'NOT_ONE_OF'],
    [columns.choice(['A', 'B']), 'a', 'NOT_ONE_OF'],
    [columns.text(3), '=1+1', 'TOO_LONG'],
    [columns.text(9), '=1+1', '=1+1'],
    [columns.list(columns.text(9), 2), 'a| b |', ['a', 'b']],
    [columns.list(columns.text(9), 2), 'a|a', 'TWICE_IN_LIST'],
    [columns.list(columns.text(9), 2), 'a|b|c', 'TOO_MANY'],
    [columns.list(columns.whole(0, 5), 2), '1|6', 'OUT_OF_RANGE'],
    [tacColumn, '01326300', '01326300'],
    [tacColumn, '1326300', 'SPREADSHEET_DAMAGE'],
    [tacColumn, '3.5E+07', 'SPREADSHEET_DAMAGE'],
    [tacColumn, '356112050', 'NOT_A_TAC'],
    [serialColumn, '2B25CE9E', '2B25CE9E'],
    [serialColumn, '3.56E+14', 'SPREADSHEET_DAMAGE'],
    [serialColumn, 'x', 'WRONG_LENGTH'],
    [timeZone, 'America/Kentucky/Louisville', 'America/Kentucky/Louisville'],
    [timeZone, '+02:00', 'NOT_A_TIME_ZONE'],
    [timeZone, 'America/Nowhere', 'NOT_A_TIME_ZONE'],
  ])('%p %s', (read, given, expected) => {
    expect(outcome((read as columns.Reader<unknown>)(given))).toEqual(expected);
  });

  it('reads IMEIs by the quick way exactly as by the careful one', () => {
    for (let n = 0; n < 20_000; n++) {
      const figures = `${['35611205', '01326300', '86012300', '99000000', '00440000'][n % 5]}${String((n * 7919) % 1_000_000).padStart(6, '0')}`;
      const given = n % 3 ? imeiOf15(figures) : `${figures}${n % 10}`;
      const careful = imeiFromForm(given);
      expect(outcome(imeiColumn(given))).toBe('fault' in careful ? careful.fault : careful.imei14);
    }
  });
});

describe('cut a file into lines and records', () => {
  const read = (bytes: Buffer, size: number) => {
    const [lines, records] = [new Lines(), new CsvRecords()];
    const found = [];
    for (let from = 0; from < bytes.length; from += size) {
      for (const line of lines.in(bytes.subarray(from, from + size))) found.push(...records.read(line));
    }
    for (const line of lines.end()) found.push(...records.read(line));
    return [...found, ...records.end()].map((record) => [
      record.line,
      'cells' in record ? record.cells : record.fault.code,
    ]);
  };
  const file = Buffer.from('\ufeffa,b\r\n"x, ""y""\n2",ü€\n1,"open\nz,"\n\nq"r,1\n"s"t,1\nlast,"');

  it.each([1, 2, 3, 7, 1000])('gives the same whatever size the pieces have: %i', (size) => {
    expect(read(file, size)).toEqual([
      [1, ['a', 'b']],
      [2, ['x, "y"\n2', 'ü€']],
      [4, ['1', 'open\nz,']],
      [6, ['']],
      [7, 'BROKEN_QUOTES'],
      [8, 'BROKEN_QUOTES'],
      [9, 'BROKEN_QUOTES'],
    ]);
  });

  it('passes over a line without end, whatever its length', () => {
    const long = Buffer.from(`a\n${'x'.repeat(300_000)}\nb`);
    expect(read(long, 10_000)).toEqual([
      [1, ['a']],
      [2, 'LINE_TOO_LONG'],
      [3, ['b']],
    ]);
  });
});

describe('remember the lines of a file', () => {
  it('tells the first of each number among a hundred thousand', () => {
    const memory = new FileMemory();
    for (let n = 0; n < 100_000; n++) {
      expect(memory.earlierLine('imei', 35_611_205_000_000 + n * 97, n)).toBeUndefined();
    }
    for (let n = 0; n < 100_000; n += 1234) expect(memory.earlierLine('imei', 35_611_205_000_000 + n * 97, 0)).toBe(n);
  });

  it('gives every serial number a key of its own', () => {
    const serials = ['0000', '00000', 'A', 'ZZZZZZZZZZ', '9999999999', '0A', 'A0', 'ABCDEFGHIJK'];
    expect(new Set(serials.map(serialNumberKey)).size).toBe(serials.length);
    expect(serialNumberKey('ZZZZZZZZZZ')).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });

  it('makes ids of version 7, none twice', () => {
    const ids = timeOrderedIds(10_000);
    expect(new Set(ids).size).toBe(10_000);
    expect(
      ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toEqual([]);
  });
});

describe('write a report', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@a', `'@a`],
    ['a,b', '"a,b"'],
    ['=a"b', `"'=a""b"`],
    ['plain', 'plain'],
  ])('%s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

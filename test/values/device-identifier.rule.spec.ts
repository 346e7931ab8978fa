import fc from 'fast-check';
import { checkDigit, imeiOf15, tacOf } from '../../src/values/check-digits.js';
import { imeiFromForm, isFault, readDeviceIdentifier, serialFromForm } from '../../src/values/device-identifier.js';
import { IDENTIFIER_FAULTS, type IdentifierFaultCode } from '../../src/values/identifier-faults.js';

const faultOf = (text: string): string | undefined => {
  const read = readDeviceIdentifier(text);
  return isFault(read) ? read.fault : undefined;
};

// The type codes are of real models, the serials are made up.
const IMEIS = [
  ['490154203237518', '49015420'],
  ['356112050000010', '35611205'],
  ['356760050000016', '35676005'],
  ['352921050000018', '35292105'],
  ['990001240000018', '99000124'],
  ['358474050000012', '35847405'],
  ['351852060000014', '35185206'],
  ['013789000000011', '01378900'],
  ['352005060000018', '35200506'],
  ['351881060000013', '35188106'],
  ['350105090000012', '35010509'],
  ['350022680000015', '35002268'],
  ['350003440000016', '35000344'],
  ['352677080000010', '35267708'],
] as const;

describe('read an IMEI', () => {
  it.each(IMEIS)('takes %s and matches on fourteen digits', (imei, tac) => {
    const value = imei.slice(0, 14);
    expect(readDeviceIdentifier(imei)).toEqual({ kind: 'IMEI', value, form: 'PRINTED' });
    expect(imeiFromForm(imei)).toEqual({ imei14: value });
    expect(imeiOf15(value)).toBe(imei);
    expect(tacOf(value)).toBe(tac);
  });

  it.each([
    '49-015420-323751-8',
    ' 490154203237518 ',
    '490154 203237.518',
    '49/015420/323751/8',
    '\ufeff490154203237518\u200b',
    '490154\u00a0203237\u202f518',
    '４９０１５４２０３２３７５１８',
    'IMEI: 490154203237518',
    'imei 1: 49-015420-323751-8',
    'IMEI 2 490154203237518',
    'IMEI490154203237518',
    'ＩＭＥＩ：490154203237518',
    "'490154203237518",
    '="490154203237518"',
    '490154\u2011203237\u2013518\r\n',
  ])('takes %j as people paste it', (text) => {
    expect(imeiFromForm(text)).toEqual({ imei14: '49015420323751' });
  });

  it('keeps the software version of an IMEISV', () => {
    const expected = { kind: 'IMEI', value: '49015420323751', form: 'IMEISV', svn: '80' };
    expect(readDeviceIdentifier('4901542032375180')).toEqual(expected);
    expect(readDeviceIdentifier('IMEISV: 4901542032375180')).toEqual(expected);
    expect(imeiFromForm('4901542032375180')).toEqual({ imei14: '49015420323751' });
  });

  it('takes an IMEI shown with its software version after a slash', () => {
    const expected = { kind: 'IMEI', value: '49015420323751', form: 'PRINTED', svn: '01' };
    expect(readDeviceIdentifier('IMEI: 490154203237518 / 01')).toEqual(expected);
    expect(faultOf('490154203237519 / 01')).toBe('CHECK_DIGIT');
  });

  it('marks the network form, which a form for an IMEI refuses', () => {
    const expected = { kind: 'IMEI', value: '49015420323751', form: 'NETWORK' };
    expect(readDeviceIdentifier('490154203237510')).toEqual(expected);
    expect(imeiFromForm('490154203237510')).toMatchObject({ fault: 'CHECK_DIGIT' });
  });

  it('takes fourteen digits from a registry and not from a form', () => {
    const expected = { kind: 'IMEI', value: '49015420323751', form: 'BARE' };
    expect(readDeviceIdentifier('49015420323751', { from: 'REGISTRY' })).toEqual(expected);
    expect(faultOf('49015420323751')).toBe('WRONG_LENGTH');
  });
});

describe('refuse what is no identifier', () => {
  const refusals: readonly (readonly [string, IdentifierFaultCode])[] = [
    ['', 'EMPTY'],
    [' \u200b\ufeff ', 'EMPTY'],
    ['IMEI: ', 'EMPTY'],
    ['490154203237519', 'CHECK_DIGIT'],
    ['49015420323751', 'WRONG_LENGTH'],
    ['4901', 'WRONG_LENGTH'],
    ['000000000000000', 'NULL_IMEI'],
    ['0000000000000000', 'NULL_IMEI'],
    ['111111111111119', 'REPEATED_DIGIT'],
    ['111111111111111', 'REPEATED_DIGIT'],
    ['123456789012347', 'TEST_RANGE'],
    ['004999010640000', 'TEST_RANGE'],
    ['3.56112E+14', 'SPREADSHEET_DAMAGE'],
    ['3,56112E+14', 'SPREADSHEET_DAMAGE'],
    ['3.56112e14', 'SPREADSHEET_DAMAGE'],
    ['356112050000010.0', 'SPREADSHEET_DAMAGE'],
    ['356112050000010,00', 'SPREADSHEET_DAMAGE'],
    ['356,112,050,000,010', 'SPREADSHEET_DAMAGE'],
    ['13789000000011', 'SPREADSHEET_DAMAGE'],
    ['hello', 'NOT_AN_IDENTIFIER'],
    ['49015420323751O', 'NOT_AN_IDENTIFIER'],
    ['٤٩٠١٥٤٢٠٣٢٣٧٥١٨', 'NOT_AN_IDENTIFIER'],
    ['1F0123450ABCDE', 'NOT_AN_IDENTIFIER'],
    ['999999999999999999', 'NOT_AN_IDENTIFIER'],
    ['AF0123450ABCDED', 'CHECK_DIGIT'],
    ['FFFFFFFFFFFFFF', 'REPEATED_DIGIT'],
    ['89001012012341234012345678901225', 'EID_CHECKSUM'],
    ['8901260123456789012', 'ICCID_CHECKSUM'],
    ['4'.repeat(33), 'TOO_LONG'],
    ['4'.repeat(1_000_000), 'TOO_LONG'],
  ];

  it.each(refusals)('names what is wrong with %.40j', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('never echoes what was typed', () => {
    for (const [text] of refusals.filter(([typed]) => typed.trim().length > 4)) {
      expect(JSON.stringify(readDeviceIdentifier(text))).not.toContain(text);
    }
  });

  it('has a sentence for every reason', () => {
    for (const detail of Object.values(IDENTIFIER_FAULTS)) expect(detail).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('answers any text, quickly and without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const read of [readDeviceIdentifier(text), serialFromForm(text)]) {
          expect(isFault(read) ? read.detail : read.value).toEqual(expect.any(String));
        }
      }),
    );
    const hostile = [
      'IMEI ' + ' '.repeat(122),
      '9'.repeat(127) + 'x',
      '1,'.repeat(64),
      '0.'.repeat(64),
      '1.' + '0'.repeat(125) + 'x',
    ];
    const began = performance.now();
    for (const text of hostile) readDeviceIdentifier(text);
    expect(performance.now() - began).toBeLessThan(50);
  });
});

describe('the check digit of an IMEI', () => {
  const fourteen = fc
    .stringMatching(/^[1-9]\d{13}$/)
    .filter((digits) => !isFault(readDeviceIdentifier(digits + checkDigit(digits))));

  it('makes any fourteen digits readable', () => {
    fc.assert(
      fc.property(fourteen, (digits) => {
        expect(imeiFromForm(imeiOf15(digits))).toEqual({ imei14: digits });
      }),
    );
  });

  it('gives away any single wrong digit', () => {
    fc.assert(
      fc.property(fourteen, fc.nat(14), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const imei = imeiOf15(digits);
        const wrong = (Number(imei[at]) + shift) % 10;
        const slipped = imei.slice(0, at) + wrong + imei.slice(at + 1);
        expect(imeiFromForm(slipped)).toHaveProperty('fault');
        expect(readDeviceIdentifier(slipped)).not.toMatchObject({ form: 'PRINTED' });
      }),
    );
  });

  it('is reckoned over fourteen digits only', () => {
    expect(() => checkDigit('490154203237518')).toThrow(RangeError);
    expect(() => checkDigit('4901542032375x')).toThrow(RangeError);
  });
});

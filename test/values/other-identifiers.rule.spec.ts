import fc from 'fast-check';
import { imeiFromForm, readDeviceIdentifier, serialFromForm } from '../../src/values/device-identifier.js';
import { meidCheckCharacter, meidDecimalOf, meidHexOf, pseudoEsnOf } from '../../src/values/meid.js';

describe('read a MEID', () => {
  it.each([
    ['AF0123450ABCDE', 'C', '293608736500703710', '0', '8016B128'],
    ['A10000009296F2', 'F', '270113177609606898', undefined, '8075B7ED'],
  ])('takes %s in all its forms', (hex, check, decimal, decimalCheck, pseudoEsn) => {
    const expected = { kind: 'MEID', value: hex };
    for (const text of [
      hex,
      hex.toLowerCase(),
      hex + check,
      decimal,
      `MEID: ${hex}`,
      decimal + meidCheckCharacter(decimal),
    ]) {
      expect(readDeviceIdentifier(text)).toEqual(expected);
    }
    if (decimalCheck) expect(meidCheckCharacter(decimal)).toBe(decimalCheck);
    expect(meidCheckCharacter(hex)).toBe(check);
    expect(meidDecimalOf(hex)).toBe(decimal);
    expect(meidHexOf(decimal)).toBe(hex);
    expect(pseudoEsnOf(hex)).toBe(pseudoEsn);
  });

  it('matches one of decimal figures with the IMEI of the same digits', () => {
    const value = '99000124000001';
    expect(readDeviceIdentifier('256691434000000001')).toEqual({ kind: 'IMEI', value, form: 'BARE' });
    expect(readDeviceIdentifier('990001240000018')).toEqual({ kind: 'IMEI', value, form: 'PRINTED' });
    expect(meidCheckCharacter(value)).toBe('8');
    expect(meidDecimalOf(value)).toBe('256691434000000001');
    expect(pseudoEsnOf(value)).toBe('80E3862A');
  });

  it('turns any hexadecimal form into the decimal one and back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-F]{14}$/), (hex) => {
        expect(meidHexOf(meidDecimalOf(hex))).toBe(hex);
      }),
    );
    expect(() => meidDecimalOf('not a meid')).toThrow(RangeError);
    expect(meidHexOf('not a meid')).toBeUndefined();
  });
});

describe('read the other identifiers', () => {
  it.each([
    '89001012012341234012345678901224',
    '89001567010203040506070809101152',
    '89044011112233441122334411223321',
    '89034011560010000000000000000121',
  ])('takes the EID %s, in groups too', (eid) => {
    expect(readDeviceIdentifier(eid)).toEqual({ kind: 'EID', value: eid });
    expect(readDeviceIdentifier(`EID ${eid.replace(/(.{4})/g, '$1 ')}`)).toEqual({ kind: 'EID', value: eid });
  });

  it('takes a SIM card number of 18 to 20 digits', () => {
    for (const value of ['8901260123456789011', '890126012345678901']) {
      expect(readDeviceIdentifier(value)).toEqual({ kind: 'ICCID', value });
    }
  });

  it('takes a serial number only where one is asked for', () => {
    expect(serialFromForm(' c39-vk1x2hg7j ')).toEqual({ kind: 'SERIAL', value: 'C39VK1X2HG7J' });
    expect(readDeviceIdentifier('C39VK1X2HG7J')).toMatchObject({ fault: 'NOT_AN_IDENTIFIER' });
    expect(serialFromForm('ab')).toMatchObject({ fault: 'WRONG_LENGTH' });
    expect(serialFromForm('a'.repeat(33))).toMatchObject({ fault: 'TOO_LONG' });
    expect(serialFromForm('sérial')).toMatchObject({ fault: 'NOT_AN_IDENTIFIER' });
    expect(serialFromForm('  ')).toMatchObject({ fault: 'EMPTY' });
  });

  it('asks for an IMEI where only that will do', () => {
    expect(imeiFromForm('8901260123456789011')).toMatchObject({ fault: 'NOT_AN_IDENTIFIER' });
  });
});

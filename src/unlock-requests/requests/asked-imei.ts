import { InvalidInput } from '../../platform/problems.js';
import { readIdentifier } from '../../stock/units/unit-finder.js';

/** The fourteen digits of the IMEI in a form. @throws InvalidInput when it is none, with the field's pointer */
export function askedImei(text: string, pointer = '/identifier'): string {
  const { kind, value } = readIdentifier(text, pointer);
  if (kind === 'IMEI') return value;
  // A MEID of decimal digits is an IMEI without its check digit.
  if (kind === 'MEID' && /^\d{14}$/.test(value)) return value;
  const detail = 'A lock is found by the IMEI: dial *#06# to see it.';
  throw new InvalidInput(detail, {}, [{ in: 'body', pointer, code: 'NOT_AN_IMEI', detail }]);
}

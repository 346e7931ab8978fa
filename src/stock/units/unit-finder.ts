import type { EntityManager } from 'typeorm';
import { imeiOf15 } from '../../values/check-digits.js';
import {
  type DeviceIdentifier,
  isFault,
  readDeviceIdentifier,
  serialFromForm,
} from '../../values/device-identifier.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';

export interface ReadIdentifier {
  kind: 'IMEI' | 'MEID' | 'EID' | 'SERIAL';
  value: string;
}

/**
 * Reads what was typed or scanned at the counter; text that is no IMEI, MEID or EID is taken for a serial number
 * when it has letters.
 * @throws InvalidInput with the field's pointer and what is wrong, never with the identifier itself.
 */
export function readIdentifier(text: string, pointer: string): ReadIdentifier {
  const read = readDeviceIdentifier(text);
  if (!isFault(read)) return ofHandset(read, pointer);
  const serial = /[G-Z]/i.test(text) ? serialFromForm(text) : read;
  if (isFault(serial)) throw faulty(pointer, read.fault, read.detail);
  return serial;
}

function ofHandset(read: DeviceIdentifier, pointer: string): ReadIdentifier {
  if (read.kind === 'ICCID') {
    throw faulty(pointer, 'NOT_AN_IDENTIFIER', 'This is the number of a SIM card, not of a handset.');
  }
  if (read.kind === 'IMEI' && read.form === 'NETWORK') {
    throw faulty(pointer, 'CHECK_DIGIT', 'One of the digits is wrong: the last one does not agree with the others.');
  }
  return { kind: read.kind, value: read.value };
}

const faulty = (pointer: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer, code, detail }]);

export interface UnitFound {
  unit_id: string;
  kind: string;
  value: string;
}

/** The units that carry the identifiers, in one statement; unknown ones are missing from the answer. */
export async function findUnits(
  db: Pick<EntityManager, 'query'>,
  identifiers: readonly ReadIdentifier[],
): Promise<UnitFound[]> {
  return db.query(
    `select i.unit_id, i.kind, i.value from unnest($1::text[], $2::text[]) as wanted(kind, value)
     join unit_identifier i on i.kind = wanted.kind and i.value = wanted.value and i.revoked_at is null`,
    [identifiers.map(({ kind }) => kind), identifiers.map(({ value }) => value)],
  );
}

/** The units of scanned identifiers, in the order scanned. @throws NotFound for one we never had. */
export async function unitsOf(tx: EntityManager, identifiers: readonly ReadIdentifier[]): Promise<string[]> {
  const found = await findUnits(tx, identifiers);
  return identifiers.map(({ kind, value }) => {
    const unit = found.find((one) => one.kind === kind && one.value === value);
    if (!unit) throw new NotFound(`We never had a unit with this ${kind === 'SERIAL' ? 'serial number' : kind}.`);
    return unit.unit_id;
  });
}

/** The identifier as people know it: fifteen digits for an IMEI. */
export const shownIdentifier = (kind: string, value: string): string => (kind === 'IMEI' ? imeiOf15(value) : value);

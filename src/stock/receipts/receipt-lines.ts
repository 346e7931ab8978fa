import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import { isFault, serialFromForm } from '../../values/device-identifier.js';
import { type ReadIdentifier, readIdentifier } from '../units/unit-finder.js';
import type { ReceiveUnitDto } from './receipt.dto.js';

/** An identifier as a line gives it, read. */
export interface LineIdentifier extends ReadIdentifier {
  field: 'identifier' | 'imei2' | 'serial';
  /** 2 for the second IMEI of a handset. */
  position: number;
}

/** One handset of the list, its identifiers read. */
export interface ReceiptLine {
  at: number;
  form: ReceiveUnitDto;
  identifiers: LineIdentifier[];
}

/** By what an identifier is told from others. */
export const keyOf = ({ kind, value }: ReadIdentifier): string => `${kind} ${value}`;

export const unitFault = (at: number, field: string, code: string, detail: string): Fault => ({
  ...{ in: 'body', pointer: `/units/${at}/${field}` },
  ...{ code, detail },
});

/** Reads every line of the list and tells everything that is wrong with it by itself. */
export function readLines(units: readonly ReceiveUnitDto[]): { lines: ReceiptLine[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const lines = units.map((form, at) => ({ at, form, identifiers: readLine(form, at, faults) }));
  faults.push(...repetitions(lines));
  return { lines, faults };
}

function readLine(form: ReceiveUnitDto, at: number, faults: Fault[]): LineIdentifier[] {
  const first = readOr(faults, () => readIdentifier(form.identifier, `/units/${at}/identifier`));
  const read: LineIdentifier[] = first ? [{ ...first, field: 'identifier', position: 1 }] : [];
  if (form.imei2 !== undefined) read.push(...secondImei(form.imei2, at, first, faults));
  if (form.serial !== undefined) read.push(...serialOf(form.serial, at, first, faults));
  return read;
}

function secondImei(text: string, at: number, first: ReadIdentifier | undefined, faults: Fault[]): LineIdentifier[] {
  const read = readOr(faults, () => readIdentifier(text, `/units/${at}/imei2`));
  if (!read) return [];
  if (read.kind !== 'IMEI') faults.push(unitFault(at, 'imei2', 'NOT_AN_IMEI', 'A second IMEI is asked for here.'));
  if (first && first.kind !== 'IMEI') {
    faults.push(unitFault(at, 'identifier', 'FIRST_IMEI', 'The first IMEI goes here when there is a second one.'));
  }
  return [{ ...read, field: 'imei2', position: 2 }];
}

function serialOf(text: string, at: number, first: ReadIdentifier | undefined, faults: Fault[]): LineIdentifier[] {
  const read = serialFromForm(text);
  if (isFault(read)) {
    faults.push(unitFault(at, 'serial', read.fault, read.detail));
    return [];
  }
  if (first?.kind !== 'SERIAL') return [{ ...read, field: 'serial', position: 1 }];
  if (first.value !== read.value) {
    faults.push(unitFault(at, 'serial', 'IDENTITY_CONFLICT', 'The identifier is another serial number.'));
  }
  return [];
}

/** Numbers that stand more than once in the list, the second IMEI of one line and the first of another included. */
function repetitions(lines: readonly ReceiptLine[]): Fault[] {
  const seen = new Map<string, number>();
  return lines.flatMap(({ at, identifiers }) =>
    identifiers.flatMap((identifier) => {
      const earlier = seen.get(keyOf(identifier));
      if (earlier === undefined) seen.set(keyOf(identifier), at);
      if (earlier === undefined) return [];
      const detail = earlier === at ? 'The line has the same number twice.' : `/units/${earlier} has the same number.`;
      return [unitFault(at, identifier.field, 'TWICE_IN_LIST', detail)];
    }),
  );
}

function readOr(faults: Fault[], read: () => ReadIdentifier): ReadIdentifier | undefined {
  try {
    return read();
  } catch (refused) {
    if (!(refused instanceof InvalidInput)) throw refused;
    faults.push(...refused.faults);
    return undefined;
  }
}

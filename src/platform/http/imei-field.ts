import { imeiFromForm, isFault } from '../../values/device-identifier.js';
import type { Fault } from '../problem.js';
import { InvalidInput } from '../problems.js';

/** The fourteen digits of each IMEI typed or scanned, or every fault with the pointer of its field. @throws InvalidInput */
export function imeisAt(texts: readonly string[], pointerOf: (at: number) => string): string[] {
  const faults: Fault[] = [];
  const read = texts.map((text, at) => {
    const found = imeiFromForm(text);
    if (!isFault(found)) return found.imei14;
    faults.push({ in: 'body', pointer: pointerOf(at), code: found.fault, detail: found.detail });
    return '';
  });
  if (faults.length) throw new InvalidInput(faults[0]!.detail, {}, faults);
  return read;
}

/** The fourteen digits of the IMEI in a field. @throws InvalidInput with what is wrong, never with the number itself. */
export const imeiAt = (text: string, pointer: string): string => imeisAt([text], () => pointer)[0]!;

import { v5, v7 } from 'uuid';

/** A new row's id: a UUID of version 7, so that rows made one after the other lie side by side in an index. */
export function newId(): string {
  return v7();
}

const NAMED = '6f9619ff-8b86-5d01-b42d-00c04fc964ff';

/** The id under which history knows a thing that is named by a code rather than by an id: always the same one. */
export function idOfCode(kind: string, code: string): string {
  return v5(`${kind} ${code}`, NAMED);
}

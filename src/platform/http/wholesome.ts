import type { Fault, FaultPlace } from '../problem.js';
import { InvalidInput, MalformedBody } from '../problems.js';

const DEEPEST = 32;

/** Refuses JSON nested so deep that walking it could exhaust the stack, before it is parsed. */
export function refuseDeepJson(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > DEEPEST) throw new MalformedBody(`JSON may be nested ${DEEPEST} levels deep.`);
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
}

/** Text that PostgreSQL cannot store, or that is no Unicode at all. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Refuses NUL and lone surrogates anywhere in what was sent, with a pointer to the first of them. */
export function refuseUnstorable(value: unknown, place: FaultPlace): void {
  const pointer = findUnstorable(value, '');
  if (pointer === undefined) return;
  const fault: Fault = { in: place, pointer, code: 'UNSTORABLE_TEXT', detail: 'Holds NUL or broken Unicode.' };
  throw new InvalidInput('Some text holds NUL or broken Unicode.', {}, [fault]);
}

function findUnstorable(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? pointer : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) return pointer;
    const found = findUnstorable(inner, `${pointer}/${key}`.slice(0, 500));
    if (found !== undefined) return found;
  }
  return undefined;
}

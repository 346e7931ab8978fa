/** The fewest rows a caller may ask a page to hold. */
export const PAGE_LIMIT_MIN = 1;
/** The most rows a caller may ask a page to hold. */
export const PAGE_LIMIT_MAX = 200;
/** The rows of a page when the caller does not say. */
export const PAGE_LIMIT_DEFAULT = 50;

/** What one part of a cursor must be; `instant` is an ISO 8601 instant in UTC with up to six decimals. */
export type CursorPart = 'string' | 'number' | 'uuid' | 'instant';

/** The value of a cursor's part, by its kind. */
export type CursorValue<Part extends CursorPart> = Part extends 'number' ? number : string;

/** The values of a cursor, by its shape. */
export type CursorValues<Shape extends readonly CursorPart[]> = {
  -readonly [At in keyof Shape]: CursorValue<Shape[At]>;
};

const LONGEST_CURSOR = 1024;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/;

// A day such as 30 February passes the pattern, and PostgreSQL would answer it with an error.
function isInstant(text: string): boolean {
  if (!INSTANT.test(text)) return false;
  const read = new Date(text);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 19) === text.slice(0, 19);
}

const IS_PART: Readonly<Record<CursorPart, (value: unknown) => boolean>> = {
  // PostgreSQL has no NUL in its texts.
  string: (value) => typeof value === 'string' && !value.includes('\u0000'),
  number: (value) => Number.isSafeInteger(value),
  uuid: (value) => typeof value === 'string' && UUID.test(value),
  instant: (value) => typeof value === 'string' && isInstant(value),
};

/**
 * The mark of a place in a list, for the caller to hand back: the tag names the list, the parts are the sort keys of
 * the last row seen.
 * @throws RangeError for a number that is not a safe integer, and for parts too long to be read back.
 */
export function encodeCursor(tag: string, parts: readonly (string | number)[]): string {
  if (parts.some((part) => typeof part === 'number' && !Number.isSafeInteger(part))) {
    throw new RangeError('A cursor holds whole numbers only.');
  }
  const cursor = Buffer.from(JSON.stringify([tag, ...parts])).toString('base64url');
  if (cursor.length > LONGEST_CURSOR) throw new RangeError('The sort keys are too long for a cursor.');
  return cursor;
}

function parsed(text: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  // Buffer skips what is not base64url; only a text that comes out the same was made here.
  if (bytes.toString('base64url') !== text) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The parts of a cursor made for that list, or undefined for one that is foreign, damaged or of another shape. */
export function decodeCursor<const Shape extends readonly CursorPart[]>(
  tag: string,
  text: string,
  shape: Shape,
): CursorValues<Shape> | undefined {
  if (text.length > LONGEST_CURSOR) return undefined;
  const read = parsed(text);
  if (!Array.isArray(read) || read[0] !== tag || read.length !== shape.length + 1) return undefined;
  const parts: unknown[] = read.slice(1);
  return shape.every((part, at) => IS_PART[part](parts[at])) ? (parts as CursorValues<Shape>) : undefined;
}

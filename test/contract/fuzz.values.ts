import * as fc from 'fast-check';
import { type ApiDocument, type Schema, typesOf } from './document.js';

/** Texts that have broken other programs. */
export const NASTY_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u0007',
  '\u{1f4f1}'.repeat(70),
  'é'.repeat(129),
  "' or 1=1 --",
  "'; drop table stock_holding; --",
  '$1',
  '%',
  '_%\\',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00%0d%0aSet-Cookie: a=b',
  'x\r\nX-Injected: 1',
  'null',
  'undefined',
  'NaN',
  '[object Object]',
  '__proto__',
  'constructor',
  '0000-00-00',
  '2026-02-30',
  '2026-02-30T25:61:61Z',
  '9999-12-31T23:59:59.999999999Z',
  '-271821-04-20T00:00:00Z',
  '2026-01-01T00:00:00',
  '2026-13-01T00:00:00+99:99',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '1e309',
  '0x10',
  '007',
  '-0',
  '9007199254740993',
  'true',
  'WyJvdGhlciIsMV0',
  Buffer.from('["sales"]').toString('base64url'),
  Buffer.from('["stock-units","x"]').toString('base64url'),
  'a'.repeat(65),
  'a'.repeat(201),
  'a'.repeat(1025),
  'a'.repeat(5000),
];

const NASTY_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  [],
  [[]],
  [null],
  {},
  { a: 1 },
  { toString: 1 },
  { length: 3, 0: 'a' },
  ['a', 'a'],
];

/** What a database cannot keep: worth more tries than the rest. */
const UNSTORABLE = fc.constantFrom('\u0000', 'a\u0000b', '\ud800');
const nastyText = fc.oneof(UNSTORABLE, fc.constantFrom(...NASTY_TEXTS), fc.string({ unit: 'binary', maxLength: 30 }));
const nasty: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom(...NASTY_VALUES),
  fc.double(),
  fc.array(nastyText, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const HEX = '0123456789abcdef';
const uuid = fc
  .string({ unit: fc.constantFrom(...HEX), minLength: 32, maxLength: 32 })
  .map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
const instant = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2099-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString());

const DEEPEST = 3;

/** Values for a schema: such as it allows, and such as it just does not. */
export class Values {
  private readonly made = new Map<Schema, fc.Arbitrary<unknown>>();
  private readonly depth = new Map<Schema, number>();

  constructor(
    private readonly document: ApiDocument,
    private readonly known: Readonly<Record<string, readonly string[]>>,
  ) {}

  resolve(schema: Schema): Schema {
    const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
    return ref ? this.document.components.schemas[ref.replace('#/components/schemas/', '')]! : schema;
  }

  /** What the document allows. */
  valid(given: Schema, name: string): fc.Arbitrary<unknown> {
    const schema = this.resolve(given);
    if (schema.properties) return this.kept(schema, () => this.object(schema, (field, at) => this.valid(field, at)));
    const known = this.known[name];
    return known
      ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, this.plain(schema, name))
      : this.plain(schema, name);
  }

  /** What it does not, or just not, in a field or two. */
  near(given: Schema, name: string): fc.Arbitrary<unknown> {
    const schema = this.resolve(given);
    if (typesOf(schema).includes('string')) return fc.oneof(this.edge(schema, name), nastyText, UNSTORABLE, nasty);
    if (!schema.properties) return fc.oneof(this.edge(schema, name), nasty);
    const mixed = this.object(schema, (field, at) =>
      fc.oneof({ weight: 6, arbitrary: this.valid(field, at) }, { weight: 1, arbitrary: this.near(field, at) }),
    );
    return fc.oneof(
      { weight: 8, arbitrary: mixed },
      fc
        .tuple(mixed, fc.constantFrom('extra', '__proto__', 'id', 'status', 'version', 'constructor'), nasty)
        .map(([value, field, extra]) =>
          Object.defineProperty({ ...(value as object) }, field, { value: extra, enumerable: true }),
        ),
      fc.tuple(mixed, fc.nat()).map(([value, at]) => {
        const fields = Object.entries(value as object);
        return Object.fromEntries(fields.filter((_, index) => index !== at % (fields.length || 1)));
      }),
    );
  }

  /** Anything at all. */
  wild(): fc.Arbitrary<unknown> {
    return nasty;
  }

  private kept(schema: Schema, make: () => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    // Deep within itself it has fewer fields than at the top.
    if ((this.depth.get(schema) ?? 0) > 1) return make();
    let made = this.made.get(schema);
    if (!made) this.made.set(schema, (made = make()));
    return made;
  }

  private object(
    { properties = {}, required = [] }: Schema,
    fieldOf: (schema: Schema, name: string) => fc.Arbitrary<unknown>,
  ): fc.Arbitrary<unknown> {
    const fields = Object.entries(properties).filter(
      ([name, field]) => required.includes(name) || !this.tooDeep(field),
    );
    const model = Object.fromEntries(
      fields.map(([name, field]) => [name, this.within(field, () => fieldOf(field, name))]),
    );
    return fc.record(model, { requiredKeys: required.filter((name) => name in model) });
  }

  /** What holds things of its own kind is made a few deep, and no deeper. */
  private tooDeep = (field: Schema): boolean => (this.depth.get(this.innermost(field)) ?? 0) >= DEEPEST;

  private innermost = (field: Schema): Schema => this.resolve(this.resolve(field).items ?? field);

  private within<T>(field: Schema, make: () => T): T {
    const inner = this.innermost(field);
    const depth = this.depth.get(inner) ?? 0;
    this.depth.set(inner, depth + 1);
    try {
      return make();
    } finally {
      this.depth.set(inner, depth);
    }
  }

  private plain(schema: Schema, name: string): fc.Arbitrary<unknown> {
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const types = typesOf(schema);
    if (types.includes('null')) {
      const rest = { ...schema, type: types.filter((type) => type !== 'null') };
      return fc.oneof(fc.constant(null), this.plain(rest, name));
    }
    if (types.includes('integer')) return fc.integer({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9 });
    if (types.includes('number')) {
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true });
    }
    if (types.includes('boolean')) return fc.boolean();
    if (types.includes('array')) return this.list(schema, name);
    return this.text(schema);
  }

  private list({ items, minItems = 0, maxItems = 5, uniqueItems }: Schema, name: string): fc.Arbitrary<unknown> {
    const size = { minLength: minItems, maxLength: Math.min(maxItems, Math.max(minItems, 4)) };
    const item = this.valid(items ?? {}, name);
    return uniqueItems ? fc.uniqueArray(item, { ...size, minLength: Math.min(minItems, 1) }) : fc.array(item, size);
  }

  private text({ format, pattern, minLength = 0, maxLength = 50, example }: Schema): fc.Arbitrary<unknown> {
    if (format === 'uuid') return uuid;
    if (format === 'date-time') return instant;
    if (format === 'date') return instant.map((at) => at.slice(0, 10));
    const most = Math.min(maxLength, minLength + 40);
    const free = fc.string({ unit: 'grapheme', minLength, maxLength: most });
    const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019 -_.'), minLength, maxLength: most });
    if (!pattern) return fc.oneof(free, word);
    const fits = new RegExp(pattern, 'u');
    const examples = [example, 'A1', 'abc-1', 'US', 'WA-0101', 'America/New_York'].filter(
      (text): text is string =>
        typeof text === 'string' && fits.test(text) && text.length >= minLength && text.length <= maxLength,
    );
    const matching = pattern.startsWith('^') ? fc.stringMatching(fits, { size: 'small' }) : fc.oneof(free, word);
    return examples.length ? fc.oneof(fc.constantFrom(...examples), matching) : matching;
  }

  /** On and just beyond what the schema draws as a border. */
  private edge(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const values: unknown[] = [];
    if (schema.maxLength !== undefined) values.push('a'.repeat(schema.maxLength), 'a'.repeat(schema.maxLength + 1));
    if (schema.minLength !== undefined && schema.minLength > 0) values.push('a'.repeat(schema.minLength - 1));
    if (schema.minimum !== undefined) {
      values.push(schema.minimum - 1, schema.minimum, String(schema.minimum), schema.minimum + 0.5);
    }
    if (schema.maximum !== undefined) values.push(schema.maximum + 1, schema.maximum, schema.maximum - 0.5);
    if (schema.enum) values.push(...schema.enum.map((value) => String(value).toLowerCase()), 'NONE_OF_THEM');
    if (schema.pattern !== undefined) values.push('\n', 'A1\n', '(((', '-');
    if (schema.maxItems !== undefined && schema.maxItems <= 1000) {
      const one = this.known[name]?.[0] ?? {};
      values.push(
        Array.from({ length: schema.maxItems + 1 }, () => one),
        [one, one],
      );
    }
    return values.length ? fc.constantFrom(...values) : nasty;
  }
}

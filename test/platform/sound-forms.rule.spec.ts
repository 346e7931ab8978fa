import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import 'reflect-metadata';
import { soundForm } from '../../src/platform/http/sound-forms.js';
import { Degrees, Flag, Id, Maybe, Nested, Nullable, OneOf, Text, WholeNumber } from '../../src/values/fields.js';

class Plain {
  @Text(1, 5)
  name: string;
  @Maybe()
  @WholeNumber(0, 9)
  count?: number = 7;
  @Nullable()
  @OneOf(['A', 'B'], 'SoundLetter')
  letter: string | null;
  @Maybe()
  @Flag()
  good?: boolean;
  @Maybe()
  @Id()
  id?: string;
}

class WithPart {
  @Nested(() => Plain)
  part: Plain;
}

class Rounded {
  @Degrees(90)
  latitude: number;
}

/** What the pipe does with a form it looks at more closely. */
function closely(form: new () => object, sent: object): object | undefined {
  const read = plainToInstance(form, sent);
  const faults = validateSync(read, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  return faults.length ? undefined : read;
}

const maybe = (...good: unknown[]) => fc.oneof(fc.constantFrom(...good, undefined, null), fc.anything());
const sent = fc
  .record(
    {
      ...{
        name: maybe('a', 'abcde', 'abcdef', ' ', ''),
        count: maybe(0, 9, 10, 1.5, '3'),
        letter: maybe('A', 'B', 'C'),
      },
      ...{ good: maybe(true, false, 'true'), id: maybe('8e03978e-40d5-43dd-bc93-6894a57f9324'), other: maybe(1) },
    },
    { requiredKeys: [] },
  )
  .map((fields) => JSON.parse(JSON.stringify(fields)) as object);

describe('a form found sound without class-validator', () => {
  it('is the one class-validator finds sound, and read the same', () => {
    fc.assert(
      fc.property(sent, (fields) => {
        const sound = soundForm(fields, Plain);
        const read = closely(Plain, fields);
        expect(sound !== undefined).toBe(read !== undefined);
        expect(sound).toStrictEqual(read);
      }),
      {
        numRuns: 2000,
        examples: [[{ name: 'a', letter: null }], [{ name: 'abcde', letter: 'B', count: 9, good: true }]],
      },
    );
  });

  it('is a flat one whose fields are taken as they come', () => {
    expect(soundForm({ name: 'a', letter: 'A' }, Plain)).toBeInstanceOf(Plain);
    expect(soundForm({ part: { name: 'a', letter: 'A' } }, WithPart)).toBeUndefined();
    expect(soundForm({ latitude: 1 }, Rounded)).toBeUndefined();
    expect(soundForm({}, Object)).toBeUndefined();
    expect(soundForm('text', String)).toBeUndefined();
    expect(soundForm(undefined, Plain)).toBeUndefined();
  });
});

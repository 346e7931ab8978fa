import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { named } from './enum-names.js';
import { CURRENCY_EXPONENTS } from './money.js';
import { isDay, isInstant } from './time.js';

// Each field decorator says in one word what a field may hold: it is checked, and it stands in the API document.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOT_BLANK = /\S/;
/** A thousand million in a currency of two decimals: more is a slip of the finger. */
export const MOST_MINOR = 100_000_000_000;

/** May be left out; null is not the same as left out and is refused. */
export const Maybe = () =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    ApiProperty({ required: false }),
  );

/** May be null. */
export const Nullable = () =>
  applyDecorators(
    ValidateIf((_, value) => value !== null),
    ApiProperty({ nullable: true }),
  );

/** Text for people; blanks alone are none. */
export const Text = (min: number, max: number) =>
  applyDecorators(
    IsString(),
    Length(min, max),
    ...(min > 0 ? [Matches(NOT_BLANK)] : []),
    ApiProperty({ type: 'string', minLength: min, maxLength: max, ...(min > 0 ? { pattern: NOT_BLANK.source } : {}) }),
  );

/** Text of a fixed form; the pattern says all but the length. */
export const Code = (pattern: RegExp, max: number, example?: string) =>
  applyDecorators(
    IsString(),
    Length(1, max),
    Matches(pattern),
    ApiProperty({ type: 'string', pattern: pattern.source, minLength: 1, maxLength: max, example }),
  );

/** The id of a thing: a UUID in lower case. */
export const Id = () =>
  applyDecorators(
    Matches(UUID, { message: '$property must be a UUID in lower case' }),
    ApiProperty({ type: 'string', format: 'uuid', pattern: UUID.source, minLength: 36, maxLength: 36 }),
  );

/** An identifier of a handset as typed or scanned: IMEI, MEID, EID or serial number. */
export const IdentifierText = () => Text(1, 64);

/** A whole number. */
export const WholeNumber = (min: number, max: number) =>
  applyDecorators(IsInt(), Min(min), Max(max), ApiProperty({ type: 'integer', minimum: min, maximum: max }));

/** A number that need not be whole. Never for money. */
export const Decimal = (min: number, max: number) =>
  applyDecorators(Min(min), Max(max), ApiProperty({ type: 'number', minimum: min, maximum: max }));

const asDegrees = ({ value }: { value: unknown }): unknown =>
  typeof value === 'number' ? Math.round(value * 1e7) / 1e7 : value;

/** Degrees of a place, kept to the centimetre: a difference of 1e-200 makes the database's arithmetic underflow. */
export const Degrees = (most: number) => applyDecorators(Transform(asDegrees), Decimal(-most, most));

/** An amount of money in minor units, such as cents. */
export const Cents = (min = 0) => WholeNumber(min, MOST_MINOR);

/** An ISO 4217 code of a currency whose decimals are known. */
export const CurrencyCode = () => OneOf(Object.keys(CURRENCY_EXPONENTS).sort(), 'CurrencyCode');

/** True or false. */
export const Flag = () => applyDecorators(IsBoolean(), ApiProperty({ type: 'boolean' }));

/** One of a few words. */
export const OneOf = (values: readonly string[], enumName: string) =>
  applyDecorators(IsIn([...values]), ApiProperty({ enum: [...values], enumName: named(enumName, values) }));

/** A point in time: RFC 3339 with an offset. */
export const Instant = () =>
  applyDecorators(
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: isInstant,
        defaultMessage: () => '$property must be an RFC 3339 time with an offset, from 1970 to 2100',
      },
    }),
    ApiProperty({ type: 'string', format: 'date-time', minLength: 20, maxLength: 40, example: '2014-04-26T08:00:00Z' }),
  );

/** A day of the calendar. */
export const DateOnly = () =>
  applyDecorators(
    ValidateBy({
      name: 'isDay',
      validator: {
        validate: isDay,
        defaultMessage: () => '$property must be a day such as 2014-04-25, from 1970 to 2100',
      },
    }),
    ApiProperty({ type: 'string', format: 'date', minLength: 10, maxLength: 10, example: '2014-04-25' }),
  );

const listed = (min: number, max: number) => applyDecorators(IsArray(), ArrayMinSize(min), ArrayMaxSize(max));

/** A list of things with fields of their own. */
export const ListOf = (thing: () => new () => object, min: number, max: number) =>
  applyDecorators(
    listed(min, max),
    // Without it a list within the list would pass for a thing.
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(thing),
    // The document takes a function for a promise of a class only when it is named "type".
    ApiProperty({ type: () => thing(), isArray: true, minItems: min, maxItems: max }),
  );

/** One thing with fields of its own. */
export const Nested = (thing: () => new () => object) =>
  applyDecorators(IsObject(), ValidateNested(), Type(thing), ApiProperty({ type: () => thing() }));

/** A list of short texts, none twice. */
export const ListOfTexts = (min: number, max: number, longest: number) =>
  applyDecorators(
    listed(min, max),
    IsString({ each: true }),
    Length(1, longest, { each: true }),
    Matches(NOT_BLANK, { each: true }),
    ArrayUnique(),
    ApiProperty({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: longest, pattern: NOT_BLANK.source },
      uniqueItems: true,
      minItems: min,
      maxItems: max,
    }),
  );

/** A list of ids, none twice. */
export const ListOfIds = (min: number, max: number) =>
  applyDecorators(
    listed(min, max),
    Matches(UUID, { each: true, message: 'each of $property must be a UUID in lower case' }),
    ArrayUnique(),
    ApiProperty({
      type: 'array',
      items: { type: 'string', format: 'uuid', pattern: UUID.source, minLength: 36, maxLength: 36 },
      uniqueItems: true,
      minItems: min,
      maxItems: max,
    }),
  );

/** A list of days, none twice. */
export const ListOfDays = (min: number, max: number) =>
  applyDecorators(
    listed(min, max),
    ValidateBy(
      { name: 'isDay', validator: { validate: isDay, defaultMessage: () => 'each of $property must be a day' } },
      { each: true },
    ),
    ArrayUnique(),
    ApiProperty({
      ...{ type: 'array', uniqueItems: true, minItems: min, maxItems: max },
      items: { type: 'string', format: 'date', minLength: 10, maxLength: 10 },
    }),
  );

/** A list out of a few words, none twice. */
export const ListOfChoices = (values: readonly string[], enumName: string, min = 0) =>
  applyDecorators(
    listed(min, values.length),
    IsIn([...values], { each: true }),
    ArrayUnique(),
    ApiProperty({
      enum: [...values],
      enumName: named(enumName, values),
      isArray: true,
      uniqueItems: true,
      minItems: min,
      maxItems: values.length,
    }),
  );

/** A list of whole numbers. */
export const ListOfWholes = (min: number, max: number, least: number, most: number) =>
  applyDecorators(
    listed(min, max),
    IsInt({ each: true }),
    Min(least, { each: true }),
    Max(most, { each: true }),
    ApiProperty({
      type: 'array',
      items: { type: 'integer', minimum: least, maximum: most },
      minItems: min,
      maxItems: max,
    }),
  );

const QUERY_WHOLE = /^-?\d{1,15}$/;
const asNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && QUERY_WHOLE.test(value) ? Number(value) : value;
const asFlag = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

/** A whole number in a query string: digits and nothing else. */
export const QueryWhole = (min: number, max: number) => applyDecorators(Transform(asNumber), WholeNumber(min, max));

/** `true` or `false` in a query string. */
export const QueryFlag = () => applyDecorators(Transform(asFlag), Flag());

const QUERY_DECIMAL = /^-?\d{1,4}(?:\.\d{1,15})?$/;
const asDecimal = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && QUERY_DECIMAL.test(value) ? Number(value) : value;

/** A number in a query string that need not be whole, such as a latitude. */
export const QueryDecimal = (min: number, max: number) =>
  applyDecorators(Transform(asDecimal), IsNumber(), Decimal(min, max));

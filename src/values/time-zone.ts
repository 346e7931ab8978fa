import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

const NAME = /^[A-Z][A-Za-z]*(?:[/_+-][A-Za-z0-9]+)*$/;
const LONGEST = 64;

/** Tells whether it is the IANA name of a time zone, such as America/Los_Angeles; an offset is none. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LONGEST || !NAME.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** The IANA name of a time zone. */
export const TimeZone = () =>
  applyDecorators(
    ValidateBy({
      name: 'isTimeZone',
      validator: {
        validate: isTimeZone,
        defaultMessage: () => '$property must be the IANA name of a time zone, such as America/Los_Angeles',
      },
    }),
    ApiProperty({
      type: 'string',
      pattern: NAME.source,
      minLength: 1,
      maxLength: LONGEST,
      example: 'America/Los_Angeles',
    }),
  );

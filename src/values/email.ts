import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isEmail, IsEmail, Length } from 'class-validator';

const LONGEST = 254;

/** An e-mail address, as one writes it in a form. */
export const Email = () =>
  applyDecorators(
    IsEmail({}, { message: '$property must be an e-mail address' }),
    Length(3, LONGEST),
    ApiProperty({ type: 'string', format: 'email', minLength: 3, maxLength: LONGEST, example: 'ana@example.com' }),
  );

/** The form in which addresses are compared. */
export const mailKey = (address: string): string => address.trim().toLowerCase();

export const isMailAddress = (text: string): boolean => text.length <= LONGEST && isEmail(text);

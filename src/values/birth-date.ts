import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isBirthday } from './time.js';

/** The day somebody was born. */
export const BirthDate = () =>
  applyDecorators(
    ValidateBy({
      name: 'isBirthday',
      validator: {
        validate: isBirthday,
        defaultMessage: () => '$property must be a day such as 1985-04-12, from 1900 on',
      },
    }),
    ApiProperty({ type: 'string', format: 'date', minLength: 10, maxLength: 10, example: '1985-04-12' }),
  );

import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Right } from './rights.js';

export const RIGHT = 'access:right';

/** The right a caller needs for this operation. */
export const Allow = (right: Right) =>
  applyDecorators(SetMetadata(RIGHT, right), ApiBearerAuth('token'), ApiExtension('x-right', right));

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '../platform/caller.js';
import type { AuthorisedRequest } from '../platform/http/act.decorator.js';

/** The caller, in a handler that only reads. */
export const By = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => context.switchToHttp().getRequest<AuthorisedRequest>().caller!,
);

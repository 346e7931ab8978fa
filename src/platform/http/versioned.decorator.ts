import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';

@Injectable()
class SendVersion implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap((view: { version: number }) => void reply.header('etag', `"${view.version}"`)));
  }
}

/** Sends the `version` of the answer as its `ETag`, to be handed back in `If-Match`. */
export const Versioned = () => applyDecorators(UseInterceptors(SendVersion));

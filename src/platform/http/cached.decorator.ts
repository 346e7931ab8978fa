import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { map, type Observable } from 'rxjs';

@Injectable()
class AnswerOnlyNews implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const known = http.getRequest<FastifyRequest>().headers['if-none-match']?.split(/\s*,\s*/) ?? [];
    return next.handle().pipe(
      map((view: unknown) => {
        const tag = `W/"${createHash('sha1').update(JSON.stringify(view)).digest('base64url')}"`;
        // What a caller may see depends on who they are: no cache between may keep it, and each asks again.
        void reply.header('etag', tag).header('cache-control', 'private, no-cache');
        if (!known.includes(tag)) return view;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

/** Sends a read with a weak `ETag`, and answers 304 without a body to a caller who has it already. */
export const Cached = () =>
  applyDecorators(
    UseInterceptors(AnswerOnlyNews),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The ETag you have; when nothing has changed the answer is 304 without a body.',
      schema: { type: 'string', maxLength: 1000 },
    }),
    ApiResponse({ status: 304, description: 'You have it already.' }),
  );

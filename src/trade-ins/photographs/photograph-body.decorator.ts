import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Observable } from 'rxjs';
import { Streamed, tooLarge } from '../../platform/http/streamed-body.js';
import { UnsupportedMediaType } from '../../platform/problems.js';
import { PICTURE_TYPES } from './picture-header.js';

/** The largest photograph taken. */
export const MOST_PHOTOGRAPH_BYTES = 10 * 1024 * 1024;

type Photographed = FastifyRequest & { photograph?: Readable };

@Injectable()
class TakesPhotographInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Photographed>();
    const { body, headers } = request;
    const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const isPicture = PICTURE_TYPES.some((known) => known === type);
    if (!(body instanceof Readable) || !isPicture || (headers['content-encoding'] ?? 'identity') !== 'identity') {
      if (body instanceof Readable) body.resume();
      throw new UnsupportedMediaType(`Send ${PICTURE_TYPES.join(', ')}, not compressed.`);
    }
    if (Number(headers['content-length'] ?? 0) > MOST_PHOTOGRAPH_BYTES) {
      body.resume();
      throw tooLarge(MOST_PHOTOGRAPH_BYTES);
    }
    request.photograph = body;
    // The hash of the request would otherwise be made of the socket; the photograph's own is added once it has been read.
    request.body = undefined;
    return next.handle();
  }
}

/** The body of the operation is a photograph, read once it is known that the caller may send one. */
export const TakesPhotograph = () =>
  applyDecorators(
    Streamed(),
    UseInterceptors(TakesPhotographInterceptor),
    ApiConsumes(...PICTURE_TYPES),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary', maxLength: MOST_PHOTOGRAPH_BYTES } }),
  );

/** The photograph, in a handler that takes one. */
export const PhotographBody = createParamDecorator(
  (_: unknown, context: ExecutionContext): Readable => context.switchToHttp().getRequest<Photographed>().photograph!,
);

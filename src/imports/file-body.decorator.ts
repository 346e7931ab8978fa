import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Observable } from 'rxjs';
import { UnsupportedMediaType } from '../platform/problems.js';
import { SETTINGS_TOKEN, type Settings } from '../platform/settings.js';
import type { ImportFormat } from './import-job.lifecycle.js';
import { tooLarge } from './uploads.service.js';

/** A file on its way in. */
export interface IncomingFile {
  format: ImportFormat;
  stream: Readable;
}

type Uploading = FastifyRequest & { file?: IncomingFile };

const MIB = 1024 * 1024;

@Injectable()
class TakesFileInterceptor implements NestInterceptor {
  constructor(@Inject(SETTINGS_TOKEN) private readonly settings: Settings) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Uploading>();
    const { body, headers } = request;
    if (!(body instanceof Readable) || (headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw new UnsupportedMediaType('Send text/csv or application/x-ndjson, not compressed.');
    }
    if (Number(headers['content-length'] ?? 0) > this.settings.UPLOAD_LIMIT_MB * MIB) {
      body.resume();
      throw tooLarge(this.settings);
    }
    const format = headers['content-type']?.startsWith('text/csv') ? 'CSV' : 'JSON_LINES';
    request.file = { format, stream: body };
    // The hash of the request would otherwise be made of the socket; the file's own is added once it has been read.
    request.body = undefined;
    return next.handle();
  }
}

/** The body of the operation is a file, read as it comes. */
export const TakesFile = () =>
  applyDecorators(
    UseInterceptors(TakesFileInterceptor),
    ApiConsumes('text/csv', 'application/x-ndjson'),
    ApiBody({ required: true, schema: { type: 'string', maxLength: 2_147_483_647 } }),
  );

/** The file, in a handler that takes one. */
export const FileBody = createParamDecorator(
  (_: unknown, context: ExecutionContext): IncomingFile => context.switchToHttp().getRequest<Uploading>().file!,
);

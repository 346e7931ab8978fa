import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Call, Caller } from '../caller.js';
import { type Fault } from '../problem.js';
import { IdempotencyKeyMissing, InvalidInput } from '../problems.js';

export type AuthorisedRequest = FastifyRequest & { caller?: Caller };

const KEY = /^[\x21-\x7e]{8,255}$/;

/** The request for an act: caller, idempotency key and what exactly is asked for. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const request = context.switchToHttp().getRequest<AuthorisedRequest>();
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  const caller = request.caller!;
  return {
    caller,
    actor: caller.subject,
    role: caller.role,
    correlationId: request.id,
    key: idempotencyKey(request),
    operation: `${request.method} ${request.routeOptions.url}`,
    requestHash: requestHash(request),
    status: reply.statusCode,
    ifMatch: ifMatch(request),
    replayed: () => void reply.header('idempotent-replayed', 'true'),
  };
});

/** Documents the headers of an act. */
export const Idempotent = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'A key of your own for this act, plain or quoted; repeat it when you repeat the request.',
      schema: { type: 'string', minLength: 8, maxLength: 257 },
      example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag you saw last; when it is no longer the present one the answer is 412.',
      schema: { type: 'string', maxLength: 64 },
    }),
  );

/** Plain, or quoted as a structured-field string (IETF draft-ietf-httpapi-idempotency-key-header). */
function idempotencyKey(request: FastifyRequest): string {
  const sent = request.headers['idempotency-key'];
  if (sent === undefined || sent === '') {
    throw new IdempotencyKeyMissing('Every act needs an Idempotency-Key header: any text of 8 to 255 characters.');
  }
  const key = String(sent).replace(/^"(.*)"$/, '$1');
  if (!KEY.test(key)) throw headerFault('Idempotency-Key', 'Must be 8 to 255 visible ASCII characters.');
  return key;
}

function ifMatch(request: FastifyRequest): number | undefined {
  const sent = request.headers['if-match'];
  if (sent === undefined || sent === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(sent)?.[1];
  if (version === undefined) throw headerFault('If-Match', 'Must be an ETag as it was sent, such as "3".');
  return Number(version);
}

function headerFault(header: string, detail: string): InvalidInput {
  const fault: Fault = { in: 'header', pointer: `/${header}`, code: 'FORMAT', detail };
  return new InvalidInput(detail, {}, [fault]);
}

function requestHash(request: FastifyRequest): Buffer {
  const { body } = request;
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(Buffer.isBuffer(body) ? body : (stringify(body) ?? ''))
    .digest();
}

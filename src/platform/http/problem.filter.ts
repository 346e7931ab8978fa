import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConnectionLost, sqlState } from '../database-trouble.js';
import { log } from '../log.js';
import { Problem } from '../problem.js';
import {
  BodyTooLarge,
  Conflict,
  DatabaseUnavailable,
  InternalError,
  InvalidInput,
  MalformedBody,
  NoSuchRoute,
  StillRunning,
  UnsupportedMediaType,
} from '../problems.js';
import { refusalOfConstraint } from './constraint-refusals.js';

/** The one place where anything thrown becomes an answer: `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  const problem = problemOf(thrown);
  if (problem.status >= 500 && problem.code === 'INTERNAL_ERROR') {
    log.error({ correlationId: request.id, error: describe(thrown) }, 'unexpected error');
  }
  if (problem.retryAfter !== undefined) void reply.header('retry-after', problem.retryAfter);
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.toBody(`urn:correlation:${request.id}`)));
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return (
    databaseProblem(thrown) ?? httpProblem(thrown) ?? new InternalError('The cause is in our log; please try again.')
  );
}

/** Too many sessions, a full disk, a primary that has become a standby: another moment, another answer. */
const PASSING = new Set(['53300', '53100', '25006', '57014', '40001', '40P01']);

function databaseProblem(thrown: unknown): Problem | undefined {
  const state = sqlState(thrown);
  if (state === '55P03') return new StillRunning('Another act holds this; try again in a moment.');
  if (state?.startsWith('22')) return new InvalidInput('A value is outside what can be stored.');
  if (state?.startsWith('23')) return refusalOfConstraint(thrown) ?? new Conflict('It contradicts what is stored.');
  return isConnectionLost(thrown) || PASSING.has(state ?? '') ? waitAndRetry() : undefined;
}

function waitAndRetry(): Problem {
  const problem = new DatabaseUnavailable(
    'Nothing was changed as far as we know; repeat with the same Idempotency-Key.',
  );
  problem.retryAfter = 1;
  return problem;
}

/** What the HTTP layer itself refuses before a handler is reached. */
function httpProblem(thrown: unknown): Problem | undefined {
  const { code, statusCode } = thrown as { code?: unknown; statusCode?: unknown };
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCode;
  // 414: an id in the path that is longer than any.
  if (status === 404 || status === 414) return new NoSuchRoute('No operation has this method and path; see /docs.');
  if (status === 413) return new BodyTooLarge('Send less at once, or use an import.');
  if (status === 415 || code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new UnsupportedMediaType('This operation does not take this content type; see /docs.');
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new MalformedBody('The request cannot be read: check the JSON, its length and the headers.');
  }
  return undefined;
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'thrown without an error';
  const driver = (thrown as { driverError?: { code?: string; constraint?: string; table?: string } }).driverError;
  // The text of a database error can quote values, and so identifiers of people: only its code goes to the log.
  return driver ? `database ${driver.code} ${driver.table ?? ''} ${driver.constraint ?? ''}` : withoutDigits(thrown);
}

const withoutDigits = (error: Error) => (error.stack ?? error.message).replace(/\d{8,}/g, '#');

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { log } from '../log.js';
import { requestSeconds } from '../metrics.js';
import { MalformedBody } from '../problems.js';
import type { Settings } from '../settings.js';
import { answerBroken } from './broken-requests.js';
import { MOST_PAPER_BYTES, PAPER_TYPES } from './paper-body.decorator.js';
import { limitCapacity } from './capacity.js';
import { answerProblem } from './problem.filter.js';
import { isStreamed, wholeBody } from './streamed-body.js';
import { refuseDeepJson, refuseUnstorable } from './wholesome.js';

const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,100}$/;

/** A client's own correlation id when it is fit for a log line, else a new one. */
export function correlationId(sent: unknown): string {
  return typeof sent === 'string' && CORRELATION_ID.test(sent) && !/\d{8}/.test(sent.replace(/-/g, ''))
    ? sent
    : randomUUID();
}

/** On every answer. The API sends data, never a page: nothing of it may be framed, sniffed, cached or run. */
const ANSWER_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Options of the Fastify instance itself. */
export const serverOptions = (settings: Settings) => ({
  bodyLimit: settings.BODY_LIMIT_KB * 1024,
  // The nearest hop only: what stands before it in the header anybody may have written.
  trustProxy: settings.TRUST_PROXY === 'on' && ((_address: string, hop: number) => hop === 0),
  genReqId: (request: { headers: Record<string, unknown> }) => correlationId(request.headers['x-correlation-id']),
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
  forceCloseConnections: 'idle' as const,
  // An address that cannot be read is refused before any hook or route.
  frameworkErrors: answerProblem,
  clientErrorHandler: answerBroken,
  routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
});

/** Everything between the socket and the handlers. */
export function furnish(app: NestFastifyApplication, settings: Settings): ReturnType<typeof limitCapacity> {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const capacity = limitCapacity(server, settings);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(ANSWER_HEADERS).header('x-correlation-id', request.id);
    done();
  });
  readBodies(server);
  server.addHook('preValidation', (request, _reply, done) => {
    // Probes read nothing of the request, and have no refusal to give.
    if ((request.routeOptions.config as { work?: string }).work === 'health') return done();
    refuseUnstorable(request.query, 'query');
    refuseUnstorable(request.params, 'path');
    done();
  });
  logRequests(server);
  return capacity;
}

function readBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body as string;
    if (text === '') return done(new MalformedBody('The body is empty: send a JSON object.'));
    try {
      refuseDeepJson(text);
    } catch (refused) {
      return done(refused as Error);
    }
    void parse(request, text, (error, value) => {
      if (error) return done(new MalformedBody('The body is not valid JSON.'));
      try {
        if (/\\u(?:0000|[dD][89a-fA-F])/.test(text)) refuseUnstorable(value, 'body');
      } catch (refused) {
        return done(refused as Error);
      }
      done(null, value);
    });
  });
  server.addContentTypeParser([...PAPER_TYPES], (request, stream, done) => {
    if (isStreamed(request)) return done(null, stream);
    wholeBody(stream, { mostBytes: MOST_PAPER_BYTES }).then((body) => done(null, body), done);
  });
  // Import files are read as a stream by the handler, never held in memory; photographs once the caller is known.
  server.addContentTypeParser(['text/csv', 'application/x-ndjson', 'image/webp'], (_request, stream, done) =>
    done(null, stream),
  );
}

function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    requestSeconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    if (log.isLevelEnabled('info')) {
      const caller = (request as { caller?: { role: string; storeId?: string } }).caller;
      log.info(
        {
          correlationId: request.id,
          method: request.method,
          route,
          status: reply.statusCode,
          ms,
          role: caller?.role,
          store: caller?.storeId,
        },
        'request',
      );
    }
    done();
  });
}

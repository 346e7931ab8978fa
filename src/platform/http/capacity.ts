import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ReducedCapacity } from '../problems.js';
import type { Settings } from '../settings.js';
import { inFlight, shed } from '../metrics.js';

/** Classes of work: tills come before reports; health is never turned away. */
export type WorkClass = 'till' | 'report' | 'health';

const workClass = (request: FastifyRequest): WorkClass =>
  (request.routeOptions.config as { work?: WorkClass } | undefined)?.work ?? 'till';

/**
 * Turns work away at once when more is in flight than the machine can do in good time:
 * a quick 503 leaves the others their speed, a queue would take it from all.
 */
export function limitCapacity(server: FastifyInstance, settings: Settings): { draining(): void; idle(): boolean } {
  const running = { till: 0, report: 0, health: 0 };
  let closing = false;
  const release = (request: FastifyRequest) => {
    const work = (request as FastifyRequest & { admitted?: WorkClass }).admitted;
    if (!work) return;
    delete (request as { admitted?: WorkClass }).admitted;
    running[work]--;
    inFlight.dec({ work });
  };
  server.addHook('onRequest', (request, reply, done) => {
    const work = workClass(request);
    const full =
      running.till + running.report >= settings.MAX_IN_FLIGHT ||
      (work === 'report' && running.report >= settings.MAX_REPORTS_IN_FLIGHT);
    if (work !== 'health' && (full || closing)) return turnAway(work, reply, closing);
    running[work]++;
    (request as { admitted?: WorkClass }).admitted = work;
    inFlight.inc({ work });
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => (release(request), done()));
  server.addHook('onRequestAbort', (request, done) => (release(request), done()));
  return { draining: () => (closing = true), idle: () => running.till + running.report === 0 };
}

const TURNED_AWAY = JSON.stringify(new ReducedCapacity('Nothing was done; try again shortly.').toBody());

/** The answer is made beforehand: when there is too much to do, saying no must cost next to nothing. */
function turnAway(work: WorkClass, reply: FastifyReply, closing: boolean): void {
  shed.inc({ work });
  if (closing) void reply.header('connection', 'close');
  void reply
    .status(503)
    .header('retry-after', '1')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(TURNED_AWAY);
}

/** Requests a caller has made of late, in this process. */
export const callerLimiter = (settings: Settings) =>
  new RateLimiterMemory({ points: settings.RATE_LIMIT_PER_MINUTE, duration: 60 });

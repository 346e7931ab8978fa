import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
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
  server.addHook('onRequest', (request, reply, done) => {
    const work = workClass(request);
    const full =
      running.till + running.report >= settings.MAX_IN_FLIGHT ||
      (work === 'report' && running.report >= settings.MAX_REPORTS_IN_FLIGHT);
    if (work !== 'health' && (full || closing)) return turnAway(work, reply, closing);
    running[work]++;
    inFlight.inc({ work });
    onceOver(request, reply, () => {
      running[work]--;
      inFlight.dec({ work });
    });
    done();
  });
  return { draining: () => (closing = true), idle: () => running.till + running.report === 0 };
}

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls `over` once, when the request has been answered or its connection is gone. Fastify's hooks do not run for a
 * connection that is cut for what follows the request, nor does `close` for one that waits behind another on it:
 * each would keep its place for ever.
 */
function onceOver({ raw: { socket } }: FastifyRequest, reply: FastifyReply, over: () => void): void {
  let here = waiting.get(socket);
  if (!here) {
    const all = (here = new Set<() => void>());
    waiting.set(socket, all);
    socket.once('close', () => all.forEach((end) => end()));
  }
  const open = here;
  const end = () => {
    if (open.delete(end)) over();
  };
  open.add(end);
  reply.raw.once('close', end);
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

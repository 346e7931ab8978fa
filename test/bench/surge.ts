import { setTimeout as pause } from 'node:timers/promises';
import { Connection, type HttpRequest, spreadOf } from './load.js';

/** Quotes that come in at a rate, whether or not those before have been answered. */
export interface Arrivals {
  perSecond: number;
  seconds: number;
  answered: number;
  p50Ms: number;
  p99Ms: number;
  errors: number;
}

/** A day as usual, then the announcement of a new handset. */
export interface Surge {
  usual: Arrivals;
  surge: Arrivals;
  /** The slowest hundredth in the surge by that of the usual day. */
  p99Ratio: number;
}

/** As often as usual a carrier was asked for quotes within two weeks of an announcement. */
const TIMES = 15;
const LINES = 256;
const USUAL_SECONDS = 60;
const SURGE_SECONDS = 60;

export async function measureSurge(port: number, usualPerSecond: number, draw: () => HttpRequest): Promise<Surge> {
  // The program has long been up when it happens.
  await arriving(port, { perSecond: usualPerSecond * TIMES, seconds: 5 }, draw);
  const usual = await arriving(port, { perSecond: usualPerSecond, seconds: USUAL_SECONDS }, draw);
  const surge = await arriving(port, { perSecond: usualPerSecond * TIMES, seconds: SURGE_SECONDS }, draw);
  return { usual, surge, p99Ratio: Math.round((surge.p99Ms / usual.p99Ms) * 100) / 100 };
}

/** Times run from when a request was due: one that had to wait for a free line has waited. */
async function arriving(
  port: number,
  { perSecond, seconds }: { perSecond: number; seconds: number },
  draw: () => HttpRequest,
): Promise<Arrivals> {
  const lines = Array.from({ length: LINES }, () => new Connection(port));
  const free = [...lines];
  const due: number[] = [];
  const times: number[] = [];
  let errors = 0;
  const take = (): void => {
    while (free.length && due.length) void send(free.pop()!, due.shift()!);
  };
  const send = async (line: Connection, since: number): Promise<void> => {
    const status = await line.send(draw()).catch(() => 599);
    times.push(performance.now() - since);
    if (status >= 300) errors++;
    free.push(line);
    take();
  };
  const began = performance.now();
  const all = perSecond * seconds;
  for (let at = 0; at < all;) {
    for (const now = performance.now() - began; at < all && (at * 1000) / perSecond <= now; at++) {
      due.push(began + (at * 1000) / perSecond);
    }
    take();
    await pause(1);
  }
  while (free.length < LINES) await pause(5);
  for (const line of lines) line.close();
  return { perSecond, seconds, answered: times.length, ...spreadOf(times), errors };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { peakMemoryMb, profiling, startApi, stop, tokenIn } from './servers.js';
import { fillDevices } from './unlock-data.js';

interface Walk {
  id: string;
  state: string;
  seen: number;
  eligible: number;
  requested: number;
}

/** What one walk over all devices cost. */
interface WalkFigures {
  seconds: number;
  devicesPerSecond: number;
  seen: number;
  eligible: number;
  requested: number;
}

export interface SweepFigures {
  devices: number;
  oneIn: number;
  /** When every so manieth has become eligible and is unlocked, and on the day after, when none has. */
  first: WalkFigures;
  again: WalkFigures;
  peakMb: number;
}

/** Walks over so many devices on lines, every so manieth of which has become eligible under a policy that unlocks by itself. */
export async function measureSweep(
  { dir, url }: { dir: string; url: string },
  { devices, oneIn }: { devices: number; oneIn: number },
): Promise<SweepFigures> {
  const db = new pg.Client(url);
  await db.connect();
  await fillDevices(db, { devices, mode: 'AUTO', owing: `n % ${oneIn} <> 0` });
  await db.end();
  const api = await startApi(dir, url, { env: { STATEMENT_TIMEOUT_MS: '60000' }, flags: profiling() });
  try {
    const token = await tokenIn(dir);
    const first = await walk(api.port, token);
    const again = await walk(api.port, token);
    return { devices, oneIn, first, again, peakMb: await peakMemoryMb(api.child.pid!) };
  } finally {
    await stop(api.child);
  }
}

async function walk(port: number, token: string): Promise<WalkFigures> {
  const url = `http://127.0.0.1:${port}/v1/unlock-sweeps`;
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
  const began = performance.now();
  const { id } = (await (await fetch(url, { method: 'POST', headers })).json()) as Walk;
  for (;;) {
    const now = (await (await fetch(`${url}/${id}`, { headers })).json()) as Walk;
    if (now.state === 'DONE') return figuresOf(now, (performance.now() - began) / 1000);
    await pause(100);
  }
}

const figuresOf = ({ seen, eligible, requested }: Walk, took: number): WalkFigures => ({
  ...{ seconds: Math.round(took * 10) / 10, devicesPerSecond: Math.round(seen / took) },
  ...{ seen, eligible, requested },
});

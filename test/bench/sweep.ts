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

/** What the walk over all devices cost. */
export interface SweepFigures {
  devices: number;
  /** Every so manieth has become eligible, and is unlocked. */
  oneIn: number;
  seconds: number;
  devicesPerSecond: number;
  seen: number;
  eligible: number;
  requested: number;
  peakMb: number;
}

/** Walks over so many devices on lines, every so manieth of which has become eligible under a policy that unlocks by itself. */
export async function measureSweep(
  { dir, url }: { dir: string; url: string },
  { devices, oneIn }: { devices: number; oneIn: number },
): Promise<SweepFigures> {
  const db = new pg.Client(url);
  await db.connect();
  await fillDevices(db, { devices, mode: 'AUTO', owing: `n / 200 % ${oneIn} <> 0` });
  await db.end();
  const api = await startApi(dir, url, { flags: profiling() });
  try {
    const token = await tokenIn(dir);
    return { devices, oneIn, ...(await walk(api.port, token)), peakMb: await peakMemoryMb(api.child.pid!) };
  } finally {
    await stop(api.child);
  }
}

async function walk(port: number, token: string): Promise<Omit<SweepFigures, 'devices' | 'oneIn' | 'peakMb'>> {
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

const figuresOf = ({ seen, eligible, requested }: Walk, took: number) => ({
  ...{ seconds: Math.round(took * 10) / 10, devicesPerSecond: Math.round(seen / took) },
  ...{ seen, eligible, requested },
});

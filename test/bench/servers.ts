import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DevTokens } from '../../src/local/dev-tokens.js';
import { freePort } from '../../src/local/free-port.js';

export const ROOT = process.cwd();
const START = 'dist/start.js';
/** The same without its packages made part of it: what it sends to the database can be listened to. */
export const UNBUNDLED = 'dist/src/local/start.js';
/** As `npm start` gives them. */
const HEAP = ['--max-old-space-size=384', '--max-semi-space-size=16'];

export interface Started {
  port: number;
  child: ChildProcess;
}

/** Starts the program on a database, which it migrates. */
export async function startApi(
  dir: string,
  url: string,
  {
    env: more = {},
    flags = [],
    program = START,
  }: { env?: Readonly<Record<string, string>>; flags?: readonly string[]; program?: string } = {},
): Promise<Started> {
  const port = await freePort();
  const env = {
    ...process.env,
    ...{ DATABASE_URL: url, DATA_DIR: dir, PORT: String(port), SAMPLE_CARRIER: 'off', AUTO_UNLOCK_HOUR: '24' },
    ...{ RATE_LIMIT_PER_MINUTE: '100000000', ...more },
  };
  // The log goes to a file: reading it here would take time from the load.
  const log = path.join(dir, 'api.log');
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [...HEAP, ...flags, path.join(ROOT, program)], {
    env,
    stdio: ['ignore', output, 'inherit'],
  });
  closeSync(output);
  endsWithUs(child);
  while (!readFileSync(log, 'utf8').includes('Loopline is ready')) {
    if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}.`);
    await pause(20);
  }
  return { port, child };
}

export async function startBare(url: string, recordings: string): Promise<Started> {
  const port = await freePort();
  const script = path.join(import.meta.dirname, 'bare-server.js');
  const child = spawn(process.execPath, [script, url, String(port), recordings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endsWithUs(child);
  await until(child, 'ready');
  return { port, child };
}

/** A measurement that fails leaves nothing running behind. */
const endsWithUs = (child: ChildProcess) => process.once('exit', () => child.kill('SIGKILL'));

export async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await new Promise((ended) => child.once('exit', ended));
}

function until(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (bytes: Buffer) => bytes.includes(text) && resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

/** The ready-made tokens of a program that has this data directory. */
export const tokensIn = async (dir: string): Promise<DevTokens> =>
  JSON.parse(await readFile(path.join(dir, 'dev-tokens.json'), 'utf8')) as DevTokens;

/** The token of the back office for a program that has this data directory. */
export const tokenIn = async (dir: string): Promise<string> => (await tokensIn(dir)).backOffice;

/** The most memory a process ever held. */
export async function peakMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}

/** From nothing running to ready, on the data directory as it is: the database is stopped and started as well. */
export async function coldStart(dir: string): Promise<number> {
  const env = { ...process.env, DATABASE_URL: '', DATA_DIR: `${dir}-cold`, PORT: String(await freePort()) };
  const run = async () => {
    const started = performance.now();
    const child = spawn(process.execPath, [START], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await until(child, 'Loopline is ready');
    const took = performance.now() - started;
    await stop(child);
    return took;
  };
  await run();
  return Math.round(await run());
}

/** Where `BENCH_PROFILE` names a directory, a profile of the processor's time is written there. */
export const profiling = (): string[] => {
  const directory = process.env['BENCH_PROFILE'];
  return directory ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : [];
};

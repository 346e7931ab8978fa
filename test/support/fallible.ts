import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './server.js';

const MAIN = path.resolve(__dirname, '../../dist/main.js');

/** One process of a real installation, started again on the same port whenever it has been killed. */
export class Fallible {
  up = false;
  /** How long each start took, in milliseconds. */
  readonly starts: number[] = [];
  private process!: ChildProcess;

  private constructor(
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(
    databaseUrl: string,
    issuer: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Fallible> {
    const port = await freePort();
    const one = new Fallible(`http://127.0.0.1:${port}`, {
      ...{ PATH: process.env['PATH']!, PORT: String(port), DATABASE_URL: databaseUrl, OIDC_ISSUER: issuer },
      ...{ RATE_LIMIT_PER_MINUTE: '100000000', POOL_SIZE: '8', LOG_LEVEL: 'silent', SWEEP_INTERVAL_MS: '1000' },
      ...more,
    });
    await one.startAgain();
    return one;
  }

  async startAgain(): Promise<void> {
    const began = performance.now();
    this.process = spawn(process.execPath, [MAIN], { env: this.env, stdio: 'ignore' });
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(10)) {
      if (this.process.exitCode !== null) throw new Error(`The server ended with ${this.process.exitCode}.`);
      this.up = (await fetch(`${this.url}/readyz`).catch(() => undefined))?.status === 200;
      if (!this.up) continue;
      this.starts.push(performance.now() - began);
      return;
    }
    throw new Error('The server is not ready.');
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.up = false;
    const exited = once(this.process, 'exit');
    this.process.kill(signal);
    await exited;
  }
}

/** Kills one server after the other, never all at a time, and starts each again at once. @returns how many were killed */
export async function killInTurn(
  servers: readonly Fallible[],
  { kills, until, goOn = () => true }: { kills: number; until: number; goOn?: () => boolean },
  say: (count: number) => void,
): Promise<number> {
  let count = 0;
  const killing = servers.map(async (server) => {
    while (count < kills && Date.now() < until && goOn()) {
      // Not always at the same moment of a request; and somebody must be there to answer.
      await pause(Math.random() * 50);
      if (count >= kills || !servers.some((other) => other !== server && other.up)) continue;
      if (++count % 100 === 0) say(count);
      await server.kill();
      await server.startAgain();
    }
  });
  await Promise.all(killing);
  return count;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = path.resolve(__dirname, '../..');

/** One process of the built program. */
export interface ServerProcess {
  url: string;
  dataDir: string;
  output(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<number | null>;
  child: ChildProcess;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts the built program on a database, and waits until it is ready. */
export async function startServer(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
  reuse: { port?: number; dataDir?: string } = {},
): Promise<ServerProcess> {
  const port = reuse.port ?? (await freePort());
  const dataDir = reuse.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'loopline-test-')));
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/start.js')], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      DATA_DIR: dataDir,
      SAMPLE_CARRIER: 'off',
      SWEEP_INTERVAL_MS: '1000',
      AUTO_UNLOCK_HOUR: '24',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child, () => output).catch(async (failed: unknown) => {
    await end(child, 'SIGKILL');
    throw failed;
  });
  return {
    url,
    dataDir,
    child,
    output: () => output,
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    stop: async () => {
      const code = await end(child, 'SIGTERM');
      if (!reuse.dataDir) await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(20)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.status === 200 && output().includes('Loopline is ready')) return;
  }
  throw new Error(`The server is not ready:\n${output()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  const [code] = await exited;
  return code;
}

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { PlainSentence } from '../platform/plain-sentence.js';
import type { Cluster } from './embedded-postgres.cluster.js';
import { pause, postmasterFile, serverEnvironment } from './embedded-postgres.process.js';

/** How a server is to be run. */
export interface ServerSettings {
  port: number | undefined;
  durable: boolean;
  flags: readonly string[];
}

/** A server this process started, which ends with it. */
export interface OwnServer {
  port: number;
  stop(): Promise<void>;
}

/** Thrown for what may have gone at the next try: another process was faster, or a dead server's parts still end. */
export class PassingTrouble extends PlainSentence {}

const LONGEST_LOG_BYTES = 5_000_000;
// Recovery after a crash may take minutes on a slow disk; a server that is at it is not given up.
const LONGEST_START_MS = 5 * 60_000;

// The shell holds a pipe to us. When this process dies, however it dies, `cat` sees the end of it and the server is
// shut down. The server itself keeps no end of the pipe.
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- & server=$!
trap 'kill -INT $server' TERM INT HUP
{ cat <&3 >/dev/null; kill -INT $server 2>/dev/null; } & watch=$!
exec 3<&-
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

const LISTENING = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off'];
const SIZE = ['max_connections=200', 'shared_buffers=128MB'];
// For data that may be lost with the machine: tests.
const THROWAWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off', 'max_wal_size=1GB'];

/** The address of a database of the cluster on a server listening at that port. */
export function addressOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** Tells whether the server at that port lets us in and serves this very directory, not a copy of it. */
export async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const connectionString = addressOf(cluster, port, 'postgres');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ dir: string }>(`select current_setting('data_directory') as dir`);
    return fs.realpathSync(rows[0]!.dir) === fs.realpathSync(cluster.dir);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

const logOf = (cluster: Cluster): string => path.join(cluster.dir, 'server.log');

function openLog(cluster: Cluster): { log: number; from: number } {
  const file = logOf(cluster);
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LONGEST_LOG_BYTES) fs.renameSync(file, `${file}.1`);
  const log = fs.openSync(file, 'a', 0o600);
  const { uid, gid } = cluster.account;
  if (uid !== undefined && gid !== undefined) fs.fchownSync(log, uid, gid);
  return { log, from: fs.fstatSync(log).size };
}

function launched(cluster: Cluster, settings: ServerSettings, port: number, log: number): ChildProcess {
  const chosen = [...LISTENING, ...SIZE, ...(settings.durable ? [] : THROWAWAY), ...settings.flags];
  const args = ['-D', cluster.dir, '-p', String(port), ...chosen.flatMap((setting) => ['-c', setting])];
  // Detached, so that Ctrl-C reaches us alone and the server is there until we have finished with it.
  const where = { ...cluster.account, cwd: '/', env: serverEnvironment(), detached: true };
  const { postgres } = cluster.binaries;
  if (process.platform === 'win32') return spawn(postgres, args, { ...where, stdio: ['ignore', log, log] });
  return spawn('/bin/sh', ['-c', GUARD, 'sh', postgres, ...args], { ...where, stdio: ['pipe', log, log] });
}

interface End {
  ended: boolean;
  /** Why it could not even be started. */
  error?: Error;
  exited: Promise<void>;
}

function endOf(child: ChildProcess): End {
  const end: End = { ended: false, exited: Promise.resolve() };
  end.exited = new Promise((resolve) => {
    const finish = (error?: Error): void => {
      Object.assign(end, { ended: true, error });
      resolve();
    };
    child.once('exit', () => finish()).once('error', finish);
  });
  return end;
}

async function isReady(cluster: Cluster, port: number): Promise<boolean> {
  const file = postmasterFile(cluster.dir);
  return file?.status === 'ready' && file.port === port && (await answers(cluster, port));
}

const BIND_FAILED = /could not bind|could not create any TCP\/IP sockets/;
const PASSING = /lock file "postmaster\.pid"|pre-existing shared memory block/;

function failure(cluster: Cluster, settings: ServerSettings, logFrom: number, end: End): PlainSentence {
  const said = fs.readFileSync(logOf(cluster)).subarray(logFrom).toString('utf8').trim();
  if (BIND_FAILED.test(said)) {
    if (settings.port === undefined) return new PassingTrouble('No port is free at 127.0.0.1 for PostgreSQL.');
    return new PlainSentence(`Port ${settings.port} is taken by another program: stop it, or choose another port.`);
  }
  const last = end.error?.message ?? said.split('\n').slice(-12).join('\n');
  const Trouble = PASSING.test(said) ? PassingTrouble : PlainSentence;
  return new Trouble(`PostgreSQL did not start on ${cluster.dir}. Its last words, from server.log there:\n${last}`);
}

function ownServer(child: ChildProcess, port: number, exited: Promise<void>): OwnServer {
  const { stdin } = child as { stdin: (NodeJS.WritableStream & { unref?(): void }) | null };
  child.unref();
  stdin?.unref?.();
  const stop = async (): Promise<void> => {
    child.ref();
    if (stdin) stdin.end();
    else child.kill('SIGINT');
    await exited;
  };
  return { port, stop };
}

/**
 * Starts a server on the cluster, under a guard that ends it with this process.
 * @throws PassingTrouble when another process took the directory first, and PlainSentence when the port is taken or
 *   the server does not come up.
 */
export async function launch(cluster: Cluster, settings: ServerSettings): Promise<OwnServer> {
  const port = settings.port ?? (await freePort());
  const { log, from } = openLog(cluster);
  const child = launched(cluster, settings, port, log);
  fs.closeSync(log);
  child.stdin?.on('error', () => undefined);
  const end = endOf(child);
  for (const until = Date.now() + LONGEST_START_MS; !end.ended && Date.now() < until; await pause(15)) {
    if (await isReady(cluster, port)) return ownServer(child, port, end.exited);
  }
  child.stdin?.destroy();
  throw failure(cluster, settings, from, end);
}

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What a server writes about itself in its data directory. */
export interface PostmasterFile {
  pid: number;
  port: number;
  status: string;
}

// No system hands out a number this high.
const NOBODYS_PID = 99_999_999;

/** Waits that many milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The environment of the server and its tools: messages in English, no settings of somebody's own client. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', LC_MESSAGES: 'C' };
}

/** Tells whether a process of that number lives, ours or not. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What `postmaster.pid` says, or undefined when there is none. */
export function postmasterFile(dir: string): PostmasterFile | undefined {
  try {
    const lines = fs.readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  if (fs.existsSync('/proc/self/cmdline')) {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

function isServerOf(pid: number, dir: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  try {
    // A process that has ended and was not collected yet has no command line.
    const command = commandOf(pid);
    if (!command.includes('postgres') || command.startsWith('postgres:')) return false;
    const serves = / -D ?(\/.*)/.exec(command)?.[1];
    return serves === undefined || serves.startsWith(dir);
  } catch {
    return false;
  }
}

/** The server living on the directory, or undefined: then a `postmaster.pid` of another's number is defused. */
export function livingServer(dir: string): PostmasterFile | undefined {
  const file = postmasterFile(dir);
  if (!file || isServerOf(file.pid, dir)) return file;
  if (isAlive(file.pid)) disown(dir);
  return undefined;
}

// PostgreSQL takes any living process of that number for a server of its own and would not start. The file stays,
// so that it still looks whether parts of the dead server hold its memory.
function disown(dir: string): void {
  const file = path.join(dir, 'postmaster.pid');
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  fs.writeFileSync(file, [NOBODYS_PID, ...lines.slice(1)].join('\n'));
}

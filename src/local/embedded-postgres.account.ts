import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PlainSentence } from '../platform/plain-sentence.js';

/** The account the server runs under: nothing for our own, which PostgreSQL refuses when it is root. */
export interface Account {
  uid?: number;
  gid?: number;
}

// Open to every account that may have to run the server; /tmp may be emptied at any start of the machine.
const SHARED_FOLDER = '/var/tmp/loopline-postgres';

const isRoot = (): boolean => process.getuid?.() === 0;

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout) : undefined;
}

function unprivileged(): Account {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid && gid !== undefined) return { uid, gid };
  }
  throw new PlainSentence(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it under: ' +
      'start this program as an ordinary user, or set DATABASE_URL to a server of your own.',
  );
}

/**
 * The account for a data directory: our own, or, for root, the one the directory belongs to already.
 * @throws PlainSentence when root finds no unprivileged account.
 */
export function accountFor(dir: string): Account {
  if (!isRoot()) return {};
  const there = fs.statSync(dir, { throwIfNoEntry: false });
  return there && there.uid !== 0 ? { uid: there.uid, gid: there.gid } : unprivileged();
}

/** Gives a file or directory to the account, when it is not ours already. */
export function handOver(file: string, account: Account): void {
  if (account.uid !== undefined && account.gid !== undefined) fs.chownSync(file, account.uid, account.gid);
}

/** Tells whether the account may enter a directory or run a program there. */
export function canReach(file: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', file], { ...account, cwd: '/' }).status === 0;
}

/**
 * A folder of root's own that every account can enter, for what lies where the server's account cannot go.
 * @throws PlainSentence when somebody else made the folder: they could put a program of theirs there.
 */
export function sharedFolder(name: string): string {
  fs.mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  const made = fs.lstatSync(SHARED_FOLDER);
  if (!made.isDirectory() || made.uid !== 0 || (made.mode & 0o022) !== 0) {
    throw new PlainSentence(`${SHARED_FOLDER} was made by another account: look what it is, and remove it.`);
  }
  const folder = path.join(SHARED_FOLDER, name);
  fs.mkdirSync(folder, { recursive: true });
  // A strict umask would keep the server's account out.
  for (const opened of [SHARED_FOLDER, folder]) fs.chmodSync(opened, 0o755);
  return folder;
}

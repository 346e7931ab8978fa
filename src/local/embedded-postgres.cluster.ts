import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PlainSentence } from '../platform/plain-sentence.js';
import { accountFor, canReach, handOver, sharedFolder, type Account } from './embedded-postgres.account.js';
import { binariesFor, type Binaries } from './embedded-postgres.binaries.js';
import { isAlive, serverEnvironment } from './embedded-postgres.process.js';

/** A data directory that is ready to be served. */
export interface Cluster {
  dir: string;
  account: Account;
  binaries: Binaries;
  password: string;
}

const MAJOR = '18';
const PASSWORD_FILE = '.password';
// No initdb takes this long; its process number may have gone to another program since.
const ABANDONED_AFTER_MS = 10 * 60_000;

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new PlainSentence(
      `${file} cannot be read (${(cause as Error).message}): start as the account it belongs to.`,
    );
  }
}

// One name for one place: a server that runs there already is told by it.
function realPlace(dir: string): string {
  if (fs.existsSync(dir)) return fs.realpathSync(dir);
  return path.join(fs.realpathSync(path.dirname(dir)), path.basename(dir));
}

function withinReach(dir: string, account: Account): string {
  const parent = path.dirname(dir);
  try {
    fs.mkdirSync(parent, { recursive: true });
  } catch (cause) {
    throw new PlainSentence(`The directory ${parent} for the database cannot be made: ${(cause as Error).message}.`);
  }
  if (canReach(parent, account)) return realPlace(dir);
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  return path.join(sharedFolder('data'), `${path.basename(dir)}-${name}`);
}

/** Tells whether there is a cluster; refuses one that another major, or half an initdb, left behind. */
function holdsCluster(dir: string): boolean {
  const major = textOf(path.join(dir, 'PG_VERSION'));
  if (major === undefined && !(fs.existsSync(dir) && fs.readdirSync(dir).length > 0)) return false;
  if (major !== undefined && major !== MAJOR) {
    throw new PlainSentence(
      `${dir} holds data of PostgreSQL ${major}, and the bundled server is ${MAJOR}: ` +
        'move the directory away to begin with an empty database, or dump its data with the old version and load it.',
    );
  }
  const whole = [PASSWORD_FILE, 'global/pg_control'].every((file) => fs.existsSync(path.join(dir, file)));
  if (major === undefined || !whole) {
    throw new PlainSentence(
      `${dir} is not empty, and not a whole database either: move it away, or remove it if nothing in it is needed, ` +
        'and start again.',
    );
  }
  return true;
}

function removeAbandoned(dir: string): void {
  const prefix = `${path.basename(dir)}.init-`;
  for (const name of fs.readdirSync(path.dirname(dir)).filter((entry) => entry.startsWith(prefix))) {
    const left = path.join(path.dirname(dir), name);
    const age = Date.now() - (fs.statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (isAlive(Number.parseInt(name.slice(prefix.length), 10)) && age < ABANDONED_AFTER_MS) continue;
    // Its initdb may outlive the process that called it by a second; what it still writes goes next time.
    fs.rmSync(left, { recursive: true, force: true, maxRetries: 3 });
  }
}

function writeSecret(file: string, secret: string, account: Account): void {
  fs.writeFileSync(file, secret, { mode: 0o600, flag: 'wx', flush: true });
  handOver(file, account);
}

async function initialise(fresh: string, account: Account, { initdb }: Binaries, durable: boolean): Promise<void> {
  const password = randomBytes(18).toString('base64url');
  const passwordFile = path.join(os.tmpdir(), `loopline-${randomBytes(8).toString('hex')}`);
  const places = ['-D', fresh, '-U', 'postgres', '--pwfile', passwordFile];
  // The same order of texts everywhere, whatever the machine's locale.
  const settings = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  try {
    writeSecret(passwordFile, `${password}\n`, account);
    await promisify(execFile)(initdb, [...places, ...settings, ...(durable ? [] : ['--no-sync'])], {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
    });
    writeSecret(path.join(fresh, PASSWORD_FILE), password, account);
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new PlainSentence(`The database could not be made in ${path.dirname(fresh)}:\n${said}`, { cause });
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

function moveIntoPlace(fresh: string, dir: string): void {
  try {
    if (fs.existsSync(dir)) fs.rmdirSync(dir);
    fs.renameSync(fresh, dir);
  } catch (cause) {
    // Another process made the same cluster meanwhile: then that one counts.
    if (!holdsCluster(dir)) throw cause;
  }
}

/** Makes the cluster beside its place and moves it there, so that a killed initdb leaves nothing half made. */
async function makeCluster(dir: string, account: Account, binaries: Binaries, durable: boolean): Promise<void> {
  const fresh = `${dir}.init-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    fs.mkdirSync(fresh, { mode: 0o700 });
    handOver(fresh, account);
    await initialise(fresh, account, binaries, durable);
    moveIntoPlace(fresh, dir);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * The cluster in a directory, made when there is none.
 * @throws PlainSentence when the directory holds something else, or the account may not use it.
 */
export async function clusterIn(asked: string, durable: boolean): Promise<Cluster> {
  const account = accountFor(path.resolve(asked));
  const dir = withinReach(path.resolve(asked), account);
  const binaries = await binariesFor(account);
  removeAbandoned(dir);
  if (!holdsCluster(dir)) await makeCluster(dir, account, binaries, durable);
  const password = textOf(path.join(dir, PASSWORD_FILE));
  if (!password) throw new PlainSentence(`${path.join(dir, PASSWORD_FILE)} is gone or empty: put it back from a copy.`);
  return { dir, account, binaries, password };
}

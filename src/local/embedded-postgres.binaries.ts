import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PlainSentence } from '../platform/plain-sentence.js';
import { canReach, sharedFolder, type Account } from './embedded-postgres.account.js';

/** The programs of the bundled PostgreSQL, as absolute paths. */
export interface Binaries {
  postgres: string;
  initdb: string;
}

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const packageName = `@embedded-postgres/${platform}`;

async function bundled(): Promise<Binaries> {
  try {
    return (await import(packageName)) as Binaries;
  } catch (cause) {
    throw new PlainSentence(
      `The bundled PostgreSQL for ${platform} is not installed: run "npm ci" without leaving out optional packages, ` +
        'or set DATABASE_URL to a server of your own.',
      { cause },
    );
  }
}

interface LibraryLink {
  source: string;
  target: string;
}

// npm packs no links; the package makes them when it is installed, unless scripts are switched off.
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as LibraryLink[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (!fs.existsSync(link)) makeLink(path.basename(source), link);
  }
}

function makeLink(source: string, link: string): void {
  try {
    fs.symlinkSync(source, link);
  } catch (cause) {
    // Another process was faster.
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new PlainSentence(
      `The bundled PostgreSQL lacks a link to one of its libraries, which cannot be made here (${link}): ` +
        `run "npm rebuild ${packageName}" as the owner of node_modules.`,
      { cause },
    );
  }
}

// Only when a bit is missing: whoever is not the owner may not change it even to what it is.
function makeRunnable(program: string): void {
  if ((fs.statSync(program).mode & 0o555) !== 0o555) fs.chmodSync(program, 0o755);
}

function copiedWithinReach(native: string): string {
  const { size, mtimeMs } = fs.statSync(path.join(native, 'bin', 'postgres'));
  const copy = path.join(sharedFolder('programs'), `${platform}-${size}-${Math.trunc(mtimeMs)}`);
  if (fs.existsSync(copy)) return copy;
  const part = `${copy}.part-${process.pid}`;
  fs.cpSync(native, part, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', part]);
  try {
    fs.renameSync(part, copy);
  } catch (cause) {
    fs.rmSync(part, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw cause;
  }
  return copy;
}

/**
 * The programs of the bundled PostgreSQL, made to run: with their library links, and where the account can go.
 * @throws PlainSentence when the package for this platform is not installed or cannot be completed.
 */
export async function binariesFor(account: Account): Promise<Binaries> {
  const { postgres, initdb } = await bundled();
  const native = path.resolve(path.dirname(postgres), '..');
  linkLibraries(native);
  [postgres, initdb].forEach(makeRunnable);
  if (canReach(postgres, account)) return { postgres, initdb };
  const copy = copiedWithinReach(native);
  return { postgres: path.join(copy, 'bin', 'postgres'), initdb: path.join(copy, 'bin', 'initdb') };
}

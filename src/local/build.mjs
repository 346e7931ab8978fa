// Builds dist when what it was built from has changed; says nothing otherwise. `npm start` and `npm test` call it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(DIST, '.built-from');
const SOURCES = ['src', 'migrations', 'package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'];
// No build takes this long; the number of the process that began it may be another program's by now.
const LONGEST_BUILD_MS = 5 * 60_000;

const textOf = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

function filesIn(name) {
  const from = path.join(ROOT, name);
  if (!fs.existsSync(from)) return [];
  if (fs.statSync(from).isFile()) return [name];
  const entries = fs.readdirSync(from, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

// By content: a checkout or a copy changes the times of files, and a removed file has none.
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn).sort()) {
    const content = fs.readFileSync(path.join(ROOT, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

const isFresh = () => textOf(STAMP) === fingerprint();

async function build() {
  const from = fingerprint();
  const nest = createRequire(path.join(ROOT, 'package.json')).resolve('@nestjs/cli/bin/nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) return status ?? 1;
  const { bundle } = await import('./bundle.mjs');
  await bundle(DIST);
  // Unmarked, whatever was left in dist is built anew next time; so is what changed while it was being built.
  if (from === fingerprint()) fs.writeFileSync(STAMP, from);
  return 0;
}

const LOCK = path.join(os.tmpdir(), `loopline-build-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`);

function takeLock() {
  try {
    fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function dropAbandonedLock() {
  const holder = textOf(LOCK);
  const age = Date.now() - (fs.statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  // Empty for the instant between its making and its writing.
  const young = age < (holder ? LONGEST_BUILD_MS : 1000);
  if ((holder === '' || isAlive(Number(holder))) && young) return;
  if (holder !== undefined) fs.rmSync(LOCK, { force: true });
}

async function main() {
  while (!isFresh()) {
    if (takeLock()) {
      try {
        return isFresh() ? 0 : await build();
      } finally {
        fs.rmSync(LOCK, { force: true });
      }
    }
    dropAbandonedLock();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return 0;
}

process.exitCode = await main();

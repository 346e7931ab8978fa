import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileStore } from './file-store.js';

const OWNER_ONLY = 0o600;
/** No write takes as long as this. */
const CUT_OFF_MS = 3_600_000;

/** Files in a directory: written under another name first, so that a file is there as a whole or not at all. */
export class DirectoryStore implements FileStore {
  private readonly root: string;
  private readonly unfinished: string;

  constructor(dataDir: string) {
    this.root = path.join(dataDir, 'files');
    this.unfinished = path.join(this.root, 'unfinished');
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    const place = this.placeOf(name);
    await mkdir(this.unfinished, { recursive: true });
    await mkdir(path.dirname(place), { recursive: true });
    const written = path.join(this.unfinished, randomUUID());
    try {
      await writeThrough(written, bytes);
      await rename(written, place);
    } catch (failed) {
      await rm(written, { force: true });
      throw failed;
    }
    await settle(path.dirname(place));
  }

  async get(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.placeOf(name));
    } catch (failed) {
      if ((failed as { code?: string }).code === 'ENOENT') return undefined;
      throw failed;
    }
  }

  remove(name: string): Promise<void> {
    return rm(this.placeOf(name), { force: true });
  }

  async tidy(): Promise<void> {
    const left = await readdir(this.unfinished).catch(() => []);
    for (const name of left) {
      const file = path.join(this.unfinished, name);
      const found = await stat(file).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > CUT_OFF_MS) await rm(file, { force: true });
    }
  }

  private placeOf = (name: string): string => path.join(this.root, name.slice(0, 2), name);
}

async function writeThrough(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name of a new file is kept as safely as its bytes. Not every system can do that for a directory. */
async function settle(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

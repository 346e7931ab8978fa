import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DirectoryStore } from '../../src/platform/files/directory-store.js';
import type { FileStore } from '../../src/platform/files/file-store.js';
import { ObjectStore } from '../../src/platform/files/object-store.js';
import { log } from '../../src/platform/log.js';
import { Bucket, BUCKET_ACCESS } from '../support/bucket.js';

let bucket: Bucket;
let directory: string;
beforeAll(async () => {
  log.level = 'silent';
  bucket = await Bucket.open();
  directory = await mkdtemp(path.join(os.tmpdir(), 'loopline-files-'));
});
beforeEach(() => {
  bucket.troubles = [];
  bucket.asked.length = 0;
});
afterAll(async () => {
  await bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const objects = (over: object = {}) =>
  new ObjectStore({ ...BUCKET_ACCESS, FILES_URL: bucket.url, FILES_TIMEOUT_MS: 200, ...over });
const bytes = Buffer.from([0, 1, 2, 0xff, 0xd8, 10, 13]);
const name = createHash('sha256').update(bytes).digest('hex');

const STORES: Readonly<Record<string, () => FileStore>> = {
  'a directory': () => new DirectoryStore(directory),
  'an S3-compatible store': () => objects(),
};

describe.each(Object.entries(STORES))('%s', (_, make) => {
  it('gives back what was put, once or twice, until it is removed', async () => {
    const store = make();
    expect(await store.get(name)).toBeUndefined();
    await store.put(name, bytes);
    await store.put(name, bytes);
    expect(await store.get(name)).toEqual(bytes);
    await store.remove(name);
    await store.remove(name);
    expect(await store.get(name)).toBeUndefined();
    await store.tidy();
  });
});

describe('a directory of files', () => {
  it('holds nothing that anybody else may read, and nothing unfinished', async () => {
    await new DirectoryStore(directory).put(name, bytes);
    const { mode } = await stat(path.join(directory, 'files', name.slice(0, 2), name));
    expect(mode & 0o077).toBe(0);
    expect(await readdir(path.join(directory, 'files', 'unfinished'))).toEqual([]);
  });

  it('is rid of what was cut off, but not of what is being written', async () => {
    const unfinished = path.join(directory, 'files', 'unfinished');
    await mkdir(unfinished, { recursive: true });
    for (const file of ['old', 'new']) await writeFile(path.join(unfinished, file), 'x');
    await utimes(path.join(unfinished, 'old'), new Date(0), new Date(0));
    await new DirectoryStore(directory).tidy();
    expect(await readdir(unfinished)).toEqual(['new']);
  });
});

describe('an S3-compatible store in trouble', () => {
  it('is asked again when it is busy or silent', async () => {
    bucket.troubles = ['BUSY', 'SILENT'];
    await objects().put(name, bytes);
    expect(bucket.asked).toEqual(Array(3).fill(`PUT /photographs/${name}`));
    expect(bucket.objects.get(`/photographs/${name}`)).toEqual(bytes);
  });

  it('is given up after three times, and never waited for without end', async () => {
    bucket.troubles = ['SILENT', 'SILENT', 'SILENT'];
    const from = Date.now();
    await expect(objects().get(name)).rejects.toMatchObject({ reason: 'NO_ANSWER' });
    expect(Date.now() - from).toBeLessThan(3000);
    expect(bucket.asked).toHaveLength(3);
  });

  it('is asked once when it does not know the key', async () => {
    await expect(objects({ FILES_SECRET_KEY: 'another' }).put(name, bytes)).rejects.toMatchObject({
      ...{ reason: 'STATUS', status: 403 },
    });
    expect(bucket.asked).toHaveLength(1);
  });
});

import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PlainSentence } from '../plain-sentence.js';
import type { Settings } from '../settings.js';

const KEY_BYTES = 32;

/** The keys that stand outside the database: those that wrap its data keys, and the one of its look-ups. */
export interface Keyring {
  /** The wrapping key used for what is wrapped from now on. */
  active: string;
  wrapping: ReadonlyMap<string, Buffer>;
  lookUp: Buffer;
  /** Keys made from it, one a purpose. */
  lookUpKeys: Map<string, Buffer>;
}

interface KeyringFile {
  active: string;
  keys: Record<string, string>;
  lookUp: string;
}

/** @throws PlainSentence when the file is missing though it was named, or is no keyring. */
export function openKeyring({ KEYRING_FILE, DATA_DIR }: Pick<Settings, 'KEYRING_FILE' | 'DATA_DIR'>): Keyring {
  const file = KEYRING_FILE || path.join(DATA_DIR, 'keyring.json');
  const text = KEYRING_FILE ? readNamed(file) : readOrMake(file);
  try {
    return readKeyring(JSON.parse(text) as KeyringFile);
  } catch {
    throw new PlainSentence(
      `${file} is no keyring: it needs "active", "keys" and "lookUp", each key 32 bytes in base64.`,
    );
  }
}

function readNamed(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new PlainSentence(`The keyring ${file} cannot be read: correct KEYRING_FILE, or restore the file.`);
  }
}

function readOrMake(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = () => randomBytes(KEY_BYTES).toString('base64');
  const made: KeyringFile = { active: 'first', keys: { first: fresh() }, lookUp: fresh() };
  try {
    // Two processes may start at once: only one of them makes the file.
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
  } catch (failed) {
    if ((failed as { code?: string }).code !== 'EEXIST') throw failed;
  }
  return readFileSync(file, 'utf8');
}

function readKeyring({ active, keys, lookUp }: KeyringFile): Keyring {
  const wrapping = new Map(Object.entries(keys).map(([name, text]) => [name, keyOf(text)]));
  if (!wrapping.has(active)) throw new Error('active');
  return { active, wrapping, lookUp: keyOf(lookUp), lookUpKeys: new Map() };
}

function keyOf(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) throw new Error('length');
  return key;
}

const INDEX_BYTES = 16;

/** A keyed hash to find what is sealed: the same text gives the same hash, and nobody without the key can try texts out. */
export function lookUpHash({ lookUp, lookUpKeys }: Keyring, purpose: string, text: string): Buffer {
  let key = lookUpKeys.get(purpose);
  if (!key) lookUpKeys.set(purpose, (key = Buffer.from(hkdfSync('sha256', lookUp, '', purpose, KEY_BYTES))));
  return createHmac('sha256', key).update(text).digest().subarray(0, INDEX_BYTES);
}

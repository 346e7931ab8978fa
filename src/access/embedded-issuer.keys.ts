import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { PlainSentence } from '../platform/plain-sentence.js';

const codeOf = (failed: unknown): string | undefined => (failed as NodeJS.ErrnoException).code;

function isPrivateKey(key: unknown): key is JWK {
  const { kty, crv, x, y, d } = (key ?? {}) as JWK;
  return kty === 'EC' && crv === 'P-256' && [x, y, d].every((part) => typeof part === 'string');
}

function keysIn(text: string): JWK[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(keys) && keys.length > 0 && keys.every(isPrivateKey) ? keys : undefined;
  } catch {
    return undefined;
  }
}

async function readKeys(file: string): Promise<JWK[] | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (failed) {
    if (codeOf(failed) === 'ENOENT') return undefined;
    throw new PlainSentence(`The issuer's keys in ${file} cannot be read: ${(failed as Error).message}.`);
  }
  const keys = keysIn(text);
  if (!keys) {
    throw new PlainSentence(`${file} holds no ES256 keys: remove it, and new ones are made at the next start.`);
  }
  return keys;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
}

// A link, unlike a renaming, does not replace what another process has put there meanwhile.
async function putInPlace(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(beside, text, { mode: 0o600, flag: 'wx', flush: true });
    await link(beside, file);
  } catch (failed) {
    if (codeOf(failed) !== 'EEXIST') {
      throw new PlainSentence(`The issuer's keys cannot be kept in ${file}: ${(failed as Error).message}.`);
    }
  } finally {
    await rm(beside, { force: true });
  }
}

/**
 * The private keys of the embedded issuer from a file readable by us alone, made when there is none.
 * Of two processes that make it at once, both end with the same keys.
 * @throws PlainSentence when the file cannot be read or written, or holds something else.
 */
export async function issuerKeys(file: string): Promise<JWK[]> {
  const there = await readKeys(file);
  if (there) return there;
  await putInPlace(file, `${JSON.stringify({ keys: [await newKey()] }, null, 2)}\n`);
  const kept = await readKeys(file);
  if (!kept) {
    throw new PlainSentence(`The issuer's keys in ${file} were removed as soon as they were made: start again.`);
  }
  return kept;
}

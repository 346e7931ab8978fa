import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A secret of 256 bits for a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Secrets of so many bits need no salt and no slow hash: nobody can try them out. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether a secret is the one of the hash. Without a hash it is compared all the same, in the same time. */
export function isTokenOf(token: string, hash: Buffer | null | undefined): boolean {
  const given = tokenHash(token);
  return timingSafeEqual(given, hash ?? Buffer.alloc(given.length)) && hash !== null && hash !== undefined;
}

/** Six digits, zeros in front included. */
export const newOneTimeCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

import path from 'node:path';
import { issuerKeys, minting } from '../access/embedded-issuer.js';
import { readSettings } from '../platform/settings.js';
import { claimsOf, type DevTokens, type Role } from './dev-tokens.js';
import { ISSUER_KEYS, ISSUER_PATH } from './local-issuer.js';

const LIFETIME_SECONDS = 3600;

/** Somebody to play: by whose name, in which role, and whether they have shown a second factor just now. */
export interface Person {
  sub: string;
  role: Role;
  proved?: boolean;
}

/** A token of the embedded issuer for anybody: what takes two people, or a second factor, can then be tried out. */
export async function tokenFor({ url, store }: DevTokens, { sub, role, proved }: Person): Promise<string> {
  const { DATA_DIR, OIDC_AUDIENCE } = readSettings(process.env);
  const keys = await issuerKeys(path.join(DATA_DIR, ISSUER_KEYS));
  const mint = minting({ issuer: `${url}${ISSUER_PATH}`, audience: OIDC_AUDIENCE, keys });
  const proof = proved ? { amr: ['pwd', 'otp'], auth_time: Math.floor(Date.now() / 1000) } : {};
  return mint({ ...claimsOf(sub, role, role === 'ASSOCIATE' ? store?.id : undefined), ...proof }, LIFETIME_SECONDS);
}

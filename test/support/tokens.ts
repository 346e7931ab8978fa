import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { importJWK, type JWK, SignJWT } from 'jose';
import { RIGHTS, USUAL_RIGHTS } from '../../src/access/rights.js';

export interface Claims {
  sub?: string;
  role?: string;
  scope?: string;
  store_id?: string;
  /** How they proved who they are, and when, in seconds since 1970. */
  amr?: string[];
  auth_time?: number;
}

/** Signs tokens with the embedded issuer's own key, as an identity provider would. */
export function tokenMaker(dataDir: string, url: string) {
  const stored = JSON.parse(readFileSync(path.join(dataDir, 'issuer-keys.json'), 'utf8')) as JWK[] | { keys: JWK[] };
  const jwk = (Array.isArray(stored) ? stored : stored.keys)[0]!;
  return async (claims: Claims, over: { issuer?: string; audience?: string; expiresIn?: number } = {}) => {
    const key = await importJWK(jwk, 'ES256');
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'at+jwt' })
      .setIssuer(over.issuer ?? `${url}/oidc`)
      .setAudience(over.audience ?? 'loopline')
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + (over.expiresIn ?? 3600))
      .setJti(randomUUID())
      .sign(key);
  };
}

export const associateOf = (storeId: string, sub = 'associate-1'): Claims => ({
  sub,
  role: 'ASSOCIATE',
  scope: USUAL_RIGHTS.ASSOCIATE.join(' '),
  store_id: storeId,
});
export const BACK_OFFICE: Claims = { sub: 'back-office-1', role: 'BACK_OFFICE', scope: RIGHTS.join(' ') };
export const CUSTOMER: Claims = { sub: 'customer-1', role: 'CUSTOMER', scope: USUAL_RIGHTS.CUSTOMER.join(' ') };

/** The claims of somebody who has shown a second factor just now. */
export const provedNow = (): Claims => ({ amr: ['pwd', 'otp'], auth_time: Math.floor(Date.now() / 1000) });

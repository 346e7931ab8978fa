import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { type Caller, ROLES, type Role } from '../platform/caller.js';
import { SETTINGS_TOKEN, type Settings } from '../platform/settings.js';
import { NotSignedIn } from './access.errors.js';

const CACHED_SECONDS = 60;
const MOST_CACHED = 10_000;
const LONGEST_TOKEN = 8192;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose tokens are trusted: the issuer's name and how to get its keys. */
export interface TrustedIssuer {
  issuer: string;
  keys: JWTVerifyGetKey;
}

export const TRUSTED_ISSUER = Symbol('trusted issuer');

interface Verified {
  caller: Caller;
  until: number;
}

/** Checks bearer tokens. A verified one is remembered for a minute: checking a signature costs more than an act. */
@Injectable()
export class Tokens {
  private readonly verified = new Map<string, Verified>();

  constructor(
    @Inject(TRUSTED_ISSUER) private readonly trusted: TrustedIssuer,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** Who the token speaks for. @throws NotSignedIn */
  callerOf(authorization: string | undefined): Caller | Promise<Caller> {
    if (!authorization?.startsWith('Bearer ') || authorization.length > LONGEST_TOKEN) {
      throw new NotSignedIn('Send Authorization: Bearer and a token of the identity provider.');
    }
    const known = this.verified.get(authorization);
    if (known && known.until > Date.now()) return known.caller;
    return this.verify(authorization);
  }

  private async verify(authorization: string): Promise<Caller> {
    const { payload } = await this.check(authorization.slice('Bearer '.length));
    const caller = callerFrom(payload);
    const until = Math.min(Date.now() + CACHED_SECONDS * 1000, payload.exp! * 1000);
    if (this.verified.size >= MOST_CACHED) this.verified.clear();
    this.verified.set(authorization, { caller, until });
    return caller;
  }

  private async check(token: string) {
    try {
      return await jwtVerify(token, this.trusted.keys, {
        issuer: this.trusted.issuer,
        audience: this.settings.OIDC_AUDIENCE,
        algorithms: ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
      });
    } catch {
      throw new NotSignedIn('The token is expired, not for this service, or not of an issuer it trusts.');
    }
  }
}

/** The keys of an external identity provider, found through its discovery document. */
export function externalIssuer(issuer: string): TrustedIssuer {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const discover = async () => {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5000),
    });
    const { jwks_uri } = (await answer.json()) as { jwks_uri: string };
    return createRemoteJWKSet(new URL(jwks_uri));
  };
  return {
    issuer,
    keys: async (header, token) => {
      keys ??= discover().catch((failed: unknown) => {
        keys = undefined;
        throw failed;
      });
      return (await keys)(header, token);
    },
  };
}

function callerFrom(payload: JWTPayload): Caller {
  const { sub, role, scope, store_id: store } = payload as JWTPayload & Record<string, unknown>;
  if (!sub || sub.length > 200 || !ROLES.includes(role as Role)) {
    throw new NotSignedIn('The token names no subject or no role known here (claim "role").');
  }
  if (store !== undefined && !(typeof store === 'string' && UUID.test(store))) {
    throw new NotSignedIn('The token\'s claim "store_id" is not the id of a location.');
  }
  const scopes = new Set(typeof scope === 'string' ? scope.split(' ') : []);
  return {
    ...{ subject: sub, role: role as Role, scopes },
    ...(store === undefined ? {} : { storeId: store as string }),
    ...provedBy(payload),
  };
}

/** Ways of proving oneself that a stolen password does not open (RFC 8176). */
const STRONG = ['mfa', 'otp', 'hwk', 'swk', 'fpt', 'face'];

function provedBy({
  auth_time: at,
  amr,
}: JWTPayload & { auth_time?: unknown; amr?: unknown }): Pick<Caller, 'provedAt'> {
  const strong = Array.isArray(amr) && amr.some((way) => STRONG.includes(way as string));
  return strong && Number.isSafeInteger(at) ? { provedAt: at as number } : {};
}

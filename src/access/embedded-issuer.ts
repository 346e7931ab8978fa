import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { PlainSentence } from '../platform/plain-sentence.js';
import { type IssuerClient, type IssuerOptions, issuerSetup } from './embedded-issuer.setup.js';

export { issuerKeys } from './embedded-issuer.keys.js';
export type { IssuerClient, IssuerOptions };

/** An OAuth 2 issuer inside this process, for development, the tour and tests. */
export interface EmbeddedIssuer {
  /** Answers discovery, keys and token requests; mounted under the issuer's path, with that path cut off `req.url`. */
  handler: (req: IncomingMessage, res: ServerResponse) => void;
  /** The public keys its tokens are checked with. */
  jwks: JSONWebKeySet;
  /** A token with any claims, as the token endpoint would sign it; `iss`, `aud`, `iat`, `exp` and `jti` are added. */
  mint(claims: Record<string, unknown>, lifetimeSeconds: number): Promise<string>;
}

interface TokenContext {
  status: number;
  body: unknown;
  oidc?: { route?: string; client?: { clientId: string } };
}

interface Provider {
  callback(): EmbeddedIssuer['handler'];
  use(middleware: (context: TokenContext, next: () => Promise<void>) => Promise<void>): void;
}

type ProviderClass = new (issuer: string, setup: ReturnType<typeof issuerSetup>) => Provider;

async function providerClass(): Promise<ProviderClass> {
  // Optional: an installation that trusts an external issuer goes without. Its front door prints a notice on Node 20.
  try {
    // @ts-expect-error It comes without types, and may be left out.
    return ((await import('oidc-provider/lib/provider.js')) as { Provider: ProviderClass }).Provider;
  } catch (cause) {
    throw new PlainSentence(
      'The built-in issuer is not installed: run "npm ci" without leaving out optional packages, ' +
        'or name the issuer you use in the configuration.',
      { cause },
    );
  }
}

function publicPart({ kty, crv, x, y, kid }: JWK): JWK {
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } as JWK;
}

// RFC 6749, 5.1: whoever asks for no scope in particular must be told which they were given.
function tellScope(clients: readonly IssuerClient[]) {
  return async (context: TokenContext, next: () => Promise<void>): Promise<void> => {
    await next();
    if (context.oidc?.route !== 'token' || context.status !== 200) return;
    const scope = clients.find(({ clientId }) => clientId === context.oidc?.client?.clientId)?.claims.scope;
    context.body = { scope, ...(context.body as object) };
  };
}

/** Signs tokens as the issuer of these keys. @throws PlainSentence when there is no key */
export function minting({
  issuer,
  audience,
  keys,
}: Pick<IssuerOptions, 'issuer' | 'audience' | 'keys'>): EmbeddedIssuer['mint'] {
  const [key] = keys;
  if (!key) throw new PlainSentence('The built-in issuer has no key to sign with.');
  const signingKey = importJWK(key, 'ES256');
  return async (claims, lifetimeSeconds) => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + lifetimeSeconds, jti: randomUUID() };
    return new SignJWT({ iss: issuer, aud: audience, ...times, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...(key.kid === undefined ? {} : { kid: key.kid }) })
      .sign(await signingKey);
  };
}

/**
 * Makes the issuer: discovery, public keys, and a token endpoint for client credentials with HTTP Basic.
 * Development then differs from production by configuration alone.
 * @throws PlainSentence when the optional package is not installed or there is no key.
 */
export async function embeddedIssuer(options: IssuerOptions): Promise<EmbeddedIssuer> {
  const mint = minting(options);
  const Provider = await providerClass();
  const provider = new Provider(options.issuer, issuerSetup(options));
  provider.use(tellScope(options.clients));
  return { handler: provider.callback(), jwks: { keys: options.keys.map(publicPart) }, mint };
}

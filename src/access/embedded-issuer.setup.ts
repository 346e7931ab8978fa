import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';

/** A program or person that may fetch tokens, and what their tokens say. */
export interface IssuerClient {
  clientId: string;
  clientSecret: string;
  claims: { sub: string; role: 'ASSOCIATE' | 'BACK_OFFICE' | 'CUSTOMER' | 'SERVICE'; scope: string; store_id?: string };
}

/** What the embedded issuer is made of. */
export interface IssuerOptions {
  /** Its name and address, such as `http://127.0.0.1:3000/oidc`. */
  issuer: string;
  /** The API its tokens are for. */
  audience: string;
  /** Private ES256 keys; the first one signs. */
  keys: JWK[];
  clients: IssuerClient[];
}

const TOKEN_SECONDS = 3600;
const SWITCHED_OFF = [
  'devInteractions',
  'dPoP',
  'pushedAuthorizationRequests',
  'rpInitiatedLogout',
  'userinfo',
] as const;

interface TokenParts {
  payload: Record<string, unknown>;
}

// Signed tokens and clients from the configuration leave nothing to keep.
class NothingKept {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

const wordsOf = (scope: string): string[] => scope.split(' ').filter(Boolean);

function clientSetup({ clientId, clientSecret, claims }: IssuerClient) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: claims.scope,
    id_token_signed_response_alg: 'ES256',
  };
}

/** Puts the client's claims into its token; of the scope, what was asked for, or all of it when nothing was. */
function claimsInto(clients: readonly IssuerClient[]) {
  const claimsOf = new Map(clients.map(({ clientId, claims }) => [clientId, claims]));
  return (_context: unknown, token: { clientId: string }, { payload }: TokenParts): void => {
    const claims = claimsOf.get(token.clientId);
    Object.assign(payload, claims, { scope: payload['scope'] ?? claims?.scope });
  };
}

function resourceSetup(audience: string, scope: string) {
  // The protocol wants an address here; an audience may be any word.
  const resource = URL.canParse(audience) ? audience : `urn:audience:${encodeURIComponent(audience)}`;
  const server = {
    audience,
    scope,
    accessTokenTTL: TOKEN_SECONDS,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
  };
  return { enabled: true, defaultResource: () => resource, getResourceServerInfo: () => server };
}

/** The settings of `oidc-provider`: client credentials and nothing else. */
export function issuerSetup({ audience, keys, clients }: IssuerOptions) {
  const scopes = [...new Set(clients.flatMap(({ claims }) => wordsOf(claims.scope)))];
  return {
    adapter: NothingKept,
    jwks: { keys },
    clients: clients.map(clientSetup),
    clientAuthMethods: ['client_secret_basic'],
    // A key of the moment: there are no sessions to keep over a restart.
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes,
    responseTypes: [],
    // Nobody signs in here: a browser that strays to the sign-in page is told the error, without a page.
    renderError: (context: { body: unknown }, error: unknown): void => {
      context.body = error;
    },
    ttl: { ClientCredentials: TOKEN_SECONDS },
    formats: { customizers: { jwt: claimsInto(clients) } },
    features: {
      ...Object.fromEntries(SWITCHED_OFF.map((feature) => [feature, { enabled: false }])),
      clientCredentials: { enabled: true },
      resourceIndicators: resourceSetup(audience, scopes.join(' ')),
    },
  };
}

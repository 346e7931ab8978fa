import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet } from 'jose';
import path from 'node:path';
import pg from 'pg';
import { embeddedIssuer, issuerKeys, type EmbeddedIssuer, type IssuerClient } from '../access/embedded-issuer.js';
import { USUAL_RIGHTS } from '../access/rights.js';
import type { TrustedIssuer } from '../access/tokens.js';
import type { Settings } from '../platform/settings.js';

/** Where the issuer answers, under the server's own address. */
export const ISSUER_PATH = '/oidc';
/** Its keys, in the data directory. */
export const ISSUER_KEYS = 'issuer-keys.json';

export interface LocalIssuer extends EmbeddedIssuer {
  trusted: TrustedIssuer;
  mount(app: NestFastifyApplication): void;
}

/** The embedded issuer: keys kept in the data directory, one client for each till, the back office and a customer. */
export async function localIssuer(databaseUrl: string, settings: Settings): Promise<LocalIssuer> {
  const issuer = `http://127.0.0.1:${settings.PORT}${ISSUER_PATH}`;
  const keys = await issuerKeys(path.join(settings.DATA_DIR, ISSUER_KEYS));
  const embedded = await embeddedIssuer({
    issuer,
    audience: settings.OIDC_AUDIENCE,
    keys,
    clients: await clients(databaseUrl),
  });
  return {
    ...embedded,
    trusted: { issuer, keys: createLocalJWKSet(embedded.jwks) },
    mount: (app) => mountIssuer(app, embedded),
  };
}

function mountIssuer(app: NestFastifyApplication, { handler }: EmbeddedIssuer): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  void server.register(
    (scope, _options, done) => {
      // The issuer reads its own bodies.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _stream, parsed) => parsed(null));
      scope.all('/*', (request, reply) => {
        reply.hijack();
        const raw = request.raw as typeof request.raw & { originalUrl?: string };
        raw.originalUrl = raw.url;
        raw.url = raw.url?.slice(ISSUER_PATH.length) || '/';
        handler(raw, reply.raw);
      });
      done();
    },
    { prefix: ISSUER_PATH },
  );
}

/** Development secrets are the client's own name: this issuer is never exposed outside the machine. */
async function clients(databaseUrl: string): Promise<IssuerClient[]> {
  const db = new pg.Client(databaseUrl);
  await db.connect();
  const { rows: stores } = await db.query<{ id: string; code: string }>(
    `select id, code from stock_location where kind = 'STORE' order by code limit 100`,
  );
  await db.end();
  const client = (clientId: string, claims: Omit<IssuerClient['claims'], 'sub'>): IssuerClient => ({
    clientId,
    clientSecret: `${clientId}-secret`,
    claims: { sub: clientId, ...claims },
  });
  return [
    ...stores.map(({ id, code }) =>
      client(`till-${code.toLowerCase()}`, {
        role: 'ASSOCIATE',
        scope: USUAL_RIGHTS.ASSOCIATE.join(' '),
        store_id: id,
      }),
    ),
    client('back-office', { role: 'BACK_OFFICE', scope: USUAL_RIGHTS.BACK_OFFICE.join(' ') }),
    client('customer', { role: 'CUSTOMER', scope: USUAL_RIGHTS.CUSTOMER.join(' ') }),
  ];
}

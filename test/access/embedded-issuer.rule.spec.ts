import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import { type EmbeddedIssuer, embeddedIssuer, issuerKeys } from '../../src/access/embedded-issuer.js';
import { PlainSentence } from '../../src/platform/plain-sentence.js';

const STORE = '01939b2e-7c3a-7d2e-9f1a-2b3c4d5e6f70';
const CLIENTS = [
  {
    clientId: 'till',
    clientSecret: 'till secret: 50% & more',
    claims: { sub: 'ann', role: 'ASSOCIATE' as const, scope: 'stock:read stock:write', store_id: STORE },
  },
  { clientId: 'feed', clientSecret: 'feed-secret', claims: { sub: 'feed', role: 'SERVICE' as const, scope: 'import' } },
];

let folder: string;
let server: http.Server;
let issuer: EmbeddedIssuer;
let address: string;
const printed: unknown[] = [];

async function grant(clientId: string, secret: string, form: Record<string, string> = {}): Promise<Response> {
  const basic = [clientId, secret].map((part) => encodeURIComponent(part)).join(':');
  return fetch(`${address}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
}

beforeAll(async () => {
  for (const way of ['log', 'info', 'warn', 'error'] as const) {
    jest.spyOn(console, way).mockImplementation((...words) => void printed.push(words));
  }
  folder = await mkdtemp(path.join(os.tmpdir(), 'loopline-issuer-'));
  server = http.createServer((req: IncomingMessage & { originalUrl?: string }, res) => {
    req.originalUrl = req.url;
    req.url = req.url!.slice('/oidc'.length);
    issuer.handler(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
  const keys = await issuerKeys(path.join(folder, 'keys', 'issuer.json'));
  issuer = await embeddedIssuer({ issuer: address, audience: 'loopline', keys, clients: CLIENTS });
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe('the embedded issuer', () => {
  it('is found by its discovery document, and offers client credentials only', async () => {
    const found = await fetch(`${address}/.well-known/openid-configuration`);
    expect(found.status).toBe(200);
    expect(await found.json()).toMatchObject({
      issuer: address,
      token_endpoint: `${address}/token`,
      jwks_uri: `${address}/jwks`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
    });
  });

  it('publishes no private part of its keys', async () => {
    const published = (await (await fetch(`${address}/jwks`)).json()) as EmbeddedIssuer['jwks'];
    expect(published.keys).toEqual(issuer.jwks.keys);
    for (const key of published.keys) expect(key).not.toHaveProperty('d');
  });

  it('gives a client a signed token with its claims', async () => {
    const answer = await grant('till', 'till secret: 50% & more');
    expect(answer.status).toBe(200);
    const given = (await answer.json()) as { access_token: string };
    expect(given).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'stock:read stock:write' });
    const keys = createRemoteJWKSet(new URL(`${address}/jwks`));
    const { payload, protectedHeader } = await jwtVerify(given.access_token, keys, {
      issuer: address,
      audience: 'loopline',
      typ: 'at+jwt',
      algorithms: ['ES256'],
    });
    expect(payload).toMatchObject({ ...CLIENTS[0]!.claims, client_id: 'till' });
    expect(payload.exp! - payload.iat!).toBe(3600);
    expect(payload.jti).toMatch(/^[\w-]{16,}$/);
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: issuer.jwks.keys[0]!.kid });
  });

  it('narrows the scope to what was asked for, and gives none of another client', async () => {
    const narrowed = await grant('till', 'till secret: 50% & more', { scope: 'stock:read' });
    const { access_token: token, scope } = (await narrowed.json()) as Record<string, string>;
    const { payload } = await jwtVerify(token!, createLocalJWKSet(issuer.jwks));
    expect([scope, payload['scope']]).toEqual(['stock:read', 'stock:read']);
    const refused = await grant('till', 'till secret: 50% & more', { scope: 'import' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: 'invalid_scope' });
  });

  it.each([
    ['till', 'wrong'],
    ['nobody', 'feed-secret'],
  ])('refuses %s with the secret %j', async (clientId, secret) => {
    const refused = await grant(clientId, secret);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: 'invalid_client' });
  });

  it('has no pages to sign in at', async () => {
    for (const page of ['me', 'session/end', 'request', 'interaction/x']) {
      expect((await fetch(`${address}/${page}`)).status).toBe(404);
    }
    const strayed = await fetch(`${address}/auth?client_id=till`, { headers: { accept: 'text/html' } });
    expect(strayed.status).toBe(400);
    expect(await strayed.json()).toMatchObject({ error: expect.any(String) as string });
    expect(strayed.headers.getSetCookie()).toEqual([]);
  });

  it('mints a token with any claims', async () => {
    const token = await issuer.mint({ sub: 'carla', role: 'CUSTOMER', scope: '' }, 60);
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(issuer.jwks), {
      issuer: address,
      audience: 'loopline',
    });
    expect(payload).toMatchObject({ sub: 'carla', role: 'CUSTOMER', scope: '' });
    expect(payload.exp! - payload.iat!).toBe(60);
    expect(protectedHeader.typ).toBe('at+jwt');
    const expired = await issuer.mint({ sub: 'carla' }, -60);
    await expect(jwtVerify(expired, createLocalJWKSet(issuer.jwks))).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  it('prints nothing', () => {
    expect(printed).toEqual([]);
  });
});

describe("the issuer's keys", () => {
  it('are made once, for the owner alone, whoever asks at the same time', async () => {
    const file = path.join(folder, 'race', 'issuer.json');
    const asked = await Promise.all(Array.from({ length: 8 }, () => issuerKeys(file)));
    for (const keys of asked) expect(keys).toEqual(asked[0]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(file))).toEqual(['issuer.json']);
    expect(await issuerKeys(file)).toEqual(asked[0]);
  });

  it.each([
    '',
    '{}',
    '{"keys":[]}',
    '{"keys":[null]}',
    '{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]}',
    'null',
  ])('are not taken from a file of %j', async (text) => {
    const file = path.join(folder, 'odd.json');
    await writeFile(file, text);
    await expect(issuerKeys(file)).rejects.toThrow(PlainSentence);
  });

  it('are refused in a place that cannot be written', async () => {
    const blocked = path.join(folder, 'a-file');
    await writeFile(blocked, '');
    await chmod(blocked, 0o600);
    await expect(issuerKeys(path.join(blocked, 'issuer.json'))).rejects.toThrow(PlainSentence);
  });
});

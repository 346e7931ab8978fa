import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, type Answer } from '../support/client.js';
import { associateOf } from '../support/tokens.js';
import { idPrefix, ownId, openWorld, CALLERS, type CallerKind, type World } from './world.js';
import { isPublic, readDocument, ROOT, routesOf, type Route } from './document.js';
import { plainRequest } from './matrix.bodies.js';

const document = readDocument();
const routes = routesOf(document);
const reviewed = readFileSync(path.join(ROOT, 'test/contract/matrix.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));

/** What an answer says of the caller: `ok` is anything that only those are told who may. */
function outcomeOf({ status, text }: Answer): string {
  if ([401, 403, 404].includes(status)) return String(status);
  if (status < 300 || [409, 412, 422].includes(status)) return 'ok';
  return `${status} ${text}`;
}

/** Ids of documents of the own store: nothing of theirs is told at another one. */
const SECRET_ROOMS = [
  ...['/v1/reservations', '/v1/sales', '/v1/receipts', '/v1/unlock-requests', '/v1/refurb-orders', '/v1/trade-ins'],
  ...['/v1/erasure-certificates', '/v1/diagnostic-reports', '/v1/downstream-records'],
];

describe('who may call what', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld()));
  afterAll(() => world.close());

  function ask(route: Route, caller: CallerKind): Promise<Answer> {
    const { query, body, raw, type } = plainRequest(document, world, route);
    const search = new URLSearchParams(query).toString();
    const at = route.path.replace(/\{\w+\}/, ownId(world, route) ?? '');
    const client = new Client(world.shop.url, world.tokens[caller]);
    return client.send(route.method.toUpperCase(), `${at}${search ? `?${search}` : ''}`, {
      ...(route.method === 'get' ? { key: null } : {}),
      ...(body === undefined ? {} : { body }),
      ...(raw === undefined ? {} : { raw }),
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    });
  }

  // Acts of those who may come last, so that the others meet the thing as it was made.
  it.each(routes)('$name', async (route) => {
    const cells: string[] = [];
    for (const caller of CALLERS) {
      const answer = await ask(route, caller);
      cells.push(outcomeOf(answer));
      if (caller.startsWith('other')) {
        const secrets = SECRET_ROOMS.flatMap((room) => world.ids[room]!);
        expect(secrets.filter((id) => answer.text.includes(id) && answer.status < 300)).toEqual([]);
      }
    }
    const line = [route.operation.operationId, ...cells].join(' ');
    expect([`Add to test/contract/matrix.txt: ${line}`]).toEqual(
      reviewed
        .filter((known) => known.split(/\s+/)[0] === route.operation.operationId)
        .map((known) => `Add to test/contract/matrix.txt: ${known.trim().split(/\s+/).join(' ')}`),
    );
  });

  it('has no row for an operation that is no more', () => {
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(reviewed.filter((line) => !ids.includes(line.split(/\s+/)[0]!))).toEqual([]);
  });

  it('has a row that says 401 to strangers for every operation with a token', () => {
    const closed = routes.filter((route) => !isPublic(route)).map(({ operation }) => operation.operationId);
    const open = reviewed.filter((line) => closed.includes(line.split(/\s+/)[0]!) && line.split(/\s+/)[1] !== '401');
    expect(open).toEqual([]);
  });

  it('answers 404, never 403, to those who have every right but at another store', () => {
    const things = routes.filter((route) => SECRET_ROOMS.includes(idPrefix(route) ?? ''));
    const column = CALLERS.indexOf('other-all') + 1;
    const rows = things.map(({ operation }) => reviewed.find((line) => line.startsWith(`${operation.operationId} `)));
    expect(rows.filter((line) => line?.split(/\s+/)[column] !== '404')).toEqual([]);
  });

  describe('a token that is not as it should be', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = () => ({
      ...associateOf(world.known['locationId']![0]!),
      iss: `${world.shop.url}/oidc`,
      aud: 'loopline',
    });
    const later = () => Math.floor(Date.now() / 1000) + 3600;
    const good = () => world.shop.token(associateOf(world.known['locationId']![0]!));
    const unsigned = (head: object) => `${part(head)}.${part({ ...claims(), exp: later() })}.`;

    const faults: Readonly<Record<string, () => string | Promise<string>>> = {
      expired: () => world.shop.token(associateOf(world.known['locationId']![0]!), { expiresIn: -60 }),
      'of another audience': () => world.shop.token(claims(), { audience: 'another-service' }),
      'of another issuer': () => world.shop.token(claims(), { issuer: 'https://issuer.invalid' }),
      'without an algorithm': () => unsigned({ alg: 'none', typ: 'at+jwt' }),
      'signed with what is public': () => `${unsigned({ alg: 'HS256', typ: 'at+jwt' })}${part({ forged: true })}`,
      'of an unknown key': async () =>
        (await good()).replace(/^[^.]+/, part({ alg: 'ES256', kid: 'unknown', typ: 'at+jwt' })),
      'with claims exchanged after signing': async () => {
        const [head, , signature] = (await good()).split('.');
        return `${head}.${part({ ...claims(), scope: 'stock:adjust', exp: later() })}.${signature}`;
      },
      'no token at all': () => 'garbage',
      'nothing but dots': () => '..',
      'longer than any token': () => 'a'.repeat(9000),
      'without a role': () => world.shop.token({ sub: 'x', scope: 'stock:read' }),
      'of an unknown role': () => world.shop.token({ sub: 'x', scope: 'stock:read', role: 'ADMIN' }),
      'without a subject': () => world.shop.token({ role: 'ASSOCIATE', scope: 'stock:read' }),
      'of an endless subject': () => world.shop.token({ sub: 's'.repeat(201), role: 'ASSOCIATE', scope: 'stock:read' }),
      'of a store that is no id': () => world.shop.token({ ...associateOf('downtown') }),
      'of an empty store': () => world.shop.token({ ...associateOf('') }),
    };

    it.each(Object.keys(faults))('is refused: %s', async (fault) => {
      const token = await faults[fault]!();
      const { status, body } = await new Client(world.shop.url, token).get('/v1/stock-units');
      expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'NOT_SIGNED_IN' });
    });

    it.each(['Basic eDp5', 'bearer', 'Bearer', 'Token x'])('is refused in the form %s', async (authorization) => {
      const { status } = await new Client(world.shop.url).get('/v1/stock-units', { headers: { authorization } });
      expect(status).toBe(401);
    });

    it('is the only thing that was wrong', async () => {
      expect((await new Client(world.shop.url, await good()).get('/v1/stock-units')).status).toBe(200);
    });
  });
});

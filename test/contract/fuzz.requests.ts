import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { type ApiDocument, METHODS, type Parameter, type Route, type Schema } from './document.js';
import { NASTY_TEXTS, Values } from './fuzz.values.js';
import { plainRequest } from './matrix.bodies.js';
import { CALLERS, idPrefix, type World } from './world.js';

/** One request as it goes over the wire, and what it was made for. */
export interface FuzzRequest {
  route: Route;
  method: string;
  /** Values of the parameters as they were before they were written into the address. */
  path: Record<string, string>;
  query: [string, string][];
  headers: Record<string, string>;
  body: string | Buffer | undefined;
  caller: string;
  url: string;
}

interface Content {
  body: string | undefined;
  headers: Record<string, string>;
}

/** A body that Node's client does not announce to the server would be the beginning of the next request. */
const BODYLESS = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE']);

const TYPES = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/problem+json',
  'text/csv',
  'application/x-ndjson',
  'json',
  '',
];

const BROKEN_BODIES = [
  '',
  '{',
  '{"a":1,}',
  "{'a':1}",
  '{"a":NaN}',
  'null',
  '[]',
  '"text"',
  '1e999',
  '{"a":1}{"b":2}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '\ufeff{}',
  '{"a":"\\ud800"}',
  '{"a":"\\u0000"}',
  '['.repeat(40) + ']'.repeat(40),
  '['.repeat(5000),
  '{"a":'.repeat(5000),
  `{"${'k'.repeat(3000)}":1}`,
];
const HUGE_BODY = `{"a":"${'x'.repeat(1_100_000)}"}`;

const FILES = [
  'sku,location,channels\nNO-SUCH-SKU,*,IN_STORE\n',
  'sku,location\n"unclosed\n',
  '\ufeffcode,name\r\n1,2\r\n',
  '{"sku":"A"}\n{"sku":\n',
  `a,b\n${'x'.repeat(70_000)},1\n`,
  '\u0000\u0001,\n',
  '',
];

const HEADER_TEXTS = [
  '"',
  '""',
  'short',
  'a'.repeat(256),
  'tab\there',
  'caf\u00e9-12345678',
  "';drop--12345",
  '%0d%0aX-A:1',
  ' ',
];

const weighted = <T>(...options: [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Who asks as it should be asked. */
const PLAIN = ['back-office', 'own', 'back-office', 'own'] as const;

/** Stands for a key that is new whenever the request is sent. */
const NEW_KEY = 'a-new-key-each-time';
const key = fc.constant(NEW_KEY);

/** Makes requests for every operation of the document: valid, nearly valid and wild. */
export class Requests {
  private readonly values: Values;

  constructor(
    private readonly document: ApiDocument,
    private readonly world: World,
  ) {
    this.values = new Values(document, world.known);
  }

  /**
   * Requests that are right in every respect, by those who may: of each operation some, while the world is as it was made.
   * Operations on things of one kind each begin at another of them, so that one does not end what the next one needs.
   */
  plain(routes: readonly Route[]): FuzzRequest[] {
    const begun = new Map<string, number>();
    return routes.flatMap((route) => {
      const kind = idPrefix(route) ?? '';
      const from = begun.get(kind) ?? 0;
      begun.set(kind, from + PLAIN.length);
      return this.plainOf(route, from);
    });
  }

  private plainOf(route: Route, from: number): FuzzRequest[] {
    const { query, body, raw, type } = plainRequest(this.document, this.world, route);
    const { operationId, parameters = [], requestBody } = route.operation;
    const bodies = this.world.bodies[operationId] ?? [body];
    const keyed = parameters.some(({ name }) => name === 'Idempotency-Key');
    const address = Object.entries(query);
    return PLAIN.map((caller, at) => {
      const path = this.plainPath(route, this.world.pools[operationId] ? at : from + at);
      const given = raw ?? (requestBody ? JSON.stringify(bodies[at % bodies.length]) : undefined);
      return {
        ...{ route, method: route.method.toUpperCase(), path, query: address, caller },
        headers: {
          ...(keyed ? { 'idempotency-key': NEW_KEY } : {}),
          ...(given === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        },
        ...{ body: given, url: addressOf(route, path, address) },
      };
    });
  }

  private plainPath(route: Route, at: number): Record<string, string> {
    const own = this.own(route);
    return Object.fromEntries(
      of(route.operation.parameters ?? [], 'path').map(({ name, schema }) => [
        name,
        own.length ? own[at % own.length]! : fc.sample(asText(this.values.valid(schema, name)), 1)[0]!,
      ]),
    );
  }

  private own(route: Route): readonly string[] {
    return this.world.pools[route.operation.operationId] ?? this.world.targets[idPrefix(route) ?? ''] ?? [];
  }

  any(routes: readonly Route[]): fc.Arbitrary<FuzzRequest> {
    return fc.oneof(...routes.map((route) => this.of(route)));
  }

  private of(route: Route): fc.Arbitrary<FuzzRequest> {
    const parameters = route.operation.parameters ?? [];
    return fc
      .record({
        path: fc.record(
          Object.fromEntries(of(parameters, 'path').map((one) => [one.name, this.pathValue(route, one)])),
        ),
        query: this.query(of(parameters, 'query')),
        headers: this.headers(of(parameters, 'header')),
        content: this.content(route),
        caller: weighted(
          [6, fc.constantFrom(...CALLERS)],
          [6, fc.constant('back-office')],
          [4, fc.constant('own')],
          [1, fc.constant('garbage')],
        ),
        method: weighted(
          [30, fc.constant(route.method.toUpperCase())],
          [1, fc.constantFrom(...METHODS.map((one) => one.toUpperCase()), 'HEAD', 'OPTIONS')],
        ),
      })
      .map(({ path, query, headers, content, caller, method }) => ({
        route,
        method,
        path,
        query,
        headers: { ...content.headers, ...headers },
        body: BODYLESS.has(method) ? undefined : content.body,
        caller,
        url: addressOf(route, path, query),
      }));
  }

  private pathValue(route: Route, { name, schema }: Parameter): fc.Arbitrary<string> {
    const own = this.own(route);
    return weighted(
      [8, own.length ? fc.constantFrom(...own) : asText(this.values.valid(schema, name))],
      [2, asText(this.values.valid(schema, name))],
      [1, asText(this.values.near(schema, name))],
    ).filter((text) => text !== '' && text !== '.' && text !== '..');
  }

  private query(parameters: readonly Parameter[]): fc.Arbitrary<[string, string][]> {
    const given = parameters.map(({ name, schema, required }) => {
      const value = weighted(
        [8, asText(this.values.valid(schema, name))],
        [2, asText(this.values.near(schema, name))],
      ).map((text): [string, string][] => [[name, text]]);
      const none = fc.constant<[string, string][]>([]);
      return weighted([required ? 20 : 1, value], [required ? 1 : 3, none]);
    });
    const extra = weighted<[string, string][]>(
      [30, fc.constant([])],
      [
        1,
        fc
          .tuple(
            fc.constantFrom('extra', '__proto__', 'limit', 'cursor', 'locationId[]', 'a[b]'),
            fc.constantFrom(...NASTY_TEXTS),
          )
          .map((pair) => [pair]),
      ],
    );
    return fc.tuple(...given, extra).map((parts) => parts.flat());
  }

  private headers(parameters: readonly Parameter[]): fc.Arbitrary<Record<string, string>> {
    const odd = fc.constantFrom(...HEADER_TEXTS);
    const made: Record<string, fc.Arbitrary<string | undefined>> = {
      'x-correlation-id': weighted([20, fc.constant(undefined)], [1, odd]),
    };
    for (const { name } of parameters) {
      const usual = name === 'Idempotency-Key' ? key : fc.constantFrom('"1"', 'W/"1"', '*', '"999"');
      const often = name === 'Idempotency-Key' ? 40 : 1;
      made[name.toLowerCase()] = weighted<string | undefined>(
        [often, usual],
        [1, odd],
        [name === 'Idempotency-Key' ? 1 : 8, fc.constant(undefined)],
      );
    }
    return fc
      .record(made)
      .map((headers) =>
        Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined)),
      );
  }

  private content({ operation }: Route): fc.Arbitrary<Content> {
    const content = operation.requestBody?.content ?? {};
    const nothing: fc.Arbitrary<Content> = fc.constant({ body: undefined, headers: {} });
    const as =
      (type: string) =>
      (body: string): Content => ({ body, headers: type ? { 'content-type': type } : {} });
    const broken = weighted([40, fc.constantFrom(...BROKEN_BODIES)], [1, fc.constant(HUGE_BODY)]).map(
      as('application/json'),
    );
    if (content['text/csv']) {
      const files = fc
        .constantFrom('text/csv', 'application/x-ndjson')
        .chain((type) => fc.constantFrom(...FILES).map(as(type)));
      return weighted([8, files], [1, broken], [1, nothing]);
    }
    if (content['application/pdf']) {
      const papers = fc
        .constantFrom('%PDF-1.4 a', '%PDF-1.4 b', '\u0089PNG', 'no paper', '')
        .map(as('application/pdf'));
      return weighted([8, papers], [1, broken], [1, nothing]);
    }
    if (content['image/webp']) {
      const pictures = fc.constantFrom('\u00ff\u00d8\u00ff', '\u0089PNG', 'RIFF', '<svg/>', '').map(as('image/webp'));
      return weighted([8, pictures], [1, broken], [1, nothing]);
    }
    const schema: Schema | undefined = content['application/json']?.schema;
    if (!schema) return weighted([20, nothing], [1, broken]);
    const good = this.world.bodies[operation.operationId] ?? [];
    const known = good.length ? fc.constantFrom(...good) : this.values.valid(schema, '');
    const json = weighted(
      [6, this.values.valid(schema, '')],
      [6, known],
      [8, this.values.near(schema, '')],
      [1, this.values.wild()],
    ).map((value) => JSON.stringify(value) ?? '');
    const wrongType = fc.tuple(json, fc.constantFrom(...TYPES)).map(([body, type]) => as(type)(body));
    return weighted([40, json.map(as('application/json'))], [2, broken], [2, wrongType], [1, nothing]);
  }
}

const of = (parameters: readonly Parameter[], place: Parameter['in']) => parameters.filter((one) => one.in === place);

const asText = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  values.map((value) => (typeof value === 'string' ? value : value === null ? 'null' : String(JSON.stringify(value))));

/** Lone surrogates have no form in an address: they go as their UTF-8 would, were there one. */
export const encoded = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll('%EF%BF%BD', '%ED%A0%80');

function addressOf({ path }: Route, values: Record<string, string>, query: readonly [string, string][]): string {
  const at = path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(values[name] ?? ''));
  const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return search ? `${at}?${search}` : at;
}

/** The headers as sent: an act that is to have a new key gets one. */
export function sentHeaders({ headers }: FuzzRequest): Record<string, string> {
  return headers['idempotency-key'] === NEW_KEY ? { ...headers, 'idempotency-key': randomUUID() } : headers;
}

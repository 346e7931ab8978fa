import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** The part of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  nullable?: unknown;
  description?: string;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
}

export interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { value?: unknown }>;
}

export interface Parameter extends Omit<Media, 'schema'> {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}

export interface Response {
  description: string;
  content?: Record<string, Media>;
}

export interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  'x-right'?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Response>;
}

export interface ApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

export const readDocument = (): ApiDocument =>
  JSON.parse(readFileSync(path.join(ROOT, 'openapi/openapi.json'), 'utf8')) as ApiDocument;

/** One operation and where it stands. */
export interface Route {
  method: Method;
  path: string;
  operation: Operation;
  /** Method and path, as people write it. */
  name: string;
}

export const routesOf = (document: ApiDocument): Route[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, operation, name: `${method.toUpperCase()} ${path}` }] : [];
    }),
  );

export const isPublic = ({ operation }: Route): boolean => !operation.security?.length;

/** A schema and where in the document it stands, such as `SkuView.grade`. */
export interface Placed {
  at: string;
  schema: Schema;
}

function within({ at, schema }: Placed): Placed[] {
  const inner = [
    ...Object.entries(schema.properties ?? {}).map(([name, property]) => ({ at: `${at}.${name}`, schema: property })),
    ...(schema.items ? [{ at: `${at}[]`, schema: schema.items }] : []),
    ...[...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((part) => ({
      at,
      schema: part,
    })),
    ...(typeof schema.additionalProperties === 'object'
      ? [{ at: `${at}.*`, schema: schema.additionalProperties }]
      : []),
  ];
  return [{ at, schema }, ...inner.flatMap(within)];
}

function ofMedia(at: string, content: Record<string, Media> = {}): Placed[] {
  return Object.entries(content).flatMap(([type, { schema }]) => (schema ? [{ at: `${at} ${type}`, schema }] : []));
}

/** Every schema of the document, once; references are not followed. */
export function schemasOf(document: ApiDocument): Placed[] {
  const named = Object.entries(document.components.schemas).map(([at, schema]) => ({ at, schema }));
  const inline = routesOf(document).flatMap(({ name, operation }) => [
    ...(operation.parameters ?? []).map((parameter) => ({ at: `${name} ${parameter.name}`, schema: parameter.schema })),
    ...ofMedia(name, operation.requestBody?.content),
    ...Object.entries(operation.responses).flatMap(([status, { content }]) => ofMedia(`${name} ${status}`, content)),
  ]);
  return [...named, ...inline].flatMap(within);
}

export const typesOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat());

/** A schema by its place in the document, for a validator that knows the document as `api`. */
export const pointer = (...parts: readonly (string | number)[]): string =>
  encodeURI(`api#/${parts.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`);

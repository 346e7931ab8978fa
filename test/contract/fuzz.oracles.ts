import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { assertDocumented } from '../support/documented.js';
import { type ApiDocument, isPublic, type Parameter, type Route, type Schema, typesOf } from './document.js';
import { encoded, type FuzzRequest } from './fuzz.requests.js';

export interface FuzzAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

interface Problem {
  code?: string;
  errors?: { in?: string; pointer?: string; code?: string; detail?: string }[];
}

/** What is no UTF-8 in a query string is read as it stands, percent signs and all. */
const asRead = (text: string) => (/\p{Surrogate}/u.test(text) ? encoded(text) : text);

const named = (schema: Schema) => schema.$ref ?? schema.allOf?.[0]?.$ref;

/** Says of a request whether the API document allows it, field by field, with unknown fields refused. */
export class Allowed {
  private readonly ajv = new Ajv2020({ strict: false });
  private readonly compiled = new Map<Schema, ValidateFunction>();
  private readonly document: ApiDocument;

  constructor(document: ApiDocument) {
    this.document = structuredClone(document);
    for (const [name, schema] of Object.entries(this.document.components.schemas)) {
      if (name.endsWith('Dto')) schema.additionalProperties = false;
    }
    addFormats.default(this.ajv);
    this.ajv.addSchema({ ...this.document, $id: 'asked' });
  }

  /** What is wrong with it; undefined when nothing is. */
  fault(request: FuzzRequest, route: Route): string | undefined {
    const { operation } = route;
    const parameters = operation.parameters ?? [];
    const inQuery = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
    const unknown = inQuery.length ? request.query.find(([name]) => !inQuery.includes(name)) : undefined;
    if (unknown) return `unknown query parameter ${unknown[0]}`;
    for (const parameter of parameters) {
      const fault = this.parameterFault(request, parameter);
      if (fault) return fault;
    }
    return this.bodyFault(request, route);
  }

  private parameterFault(request: FuzzRequest, { name, in: place, required, schema }: Parameter): string | undefined {
    const given =
      place === 'query'
        ? request.query.filter(([asked]) => asked === name).map(([, value]) => asRead(value))
        : [place === 'path' ? request.path[name] : request.headers[name.toLowerCase()]].filter(
            (one) => one !== undefined,
          );
    if (!given.length) return required ? `${name} is missing` : undefined;
    if (given.length > 1) return `${name} is given twice`;
    return this.holds(schema, this.read(given[0]!, schema)) ? undefined : `${name} is not as documented`;
  }

  private read(text: string, given: Schema): unknown {
    const ref = named(given);
    const schema = ref ? this.document.components.schemas[ref.replace('#/components/schemas/', '')]! : given;
    const types = typesOf(schema);
    if (types.some((type) => /^(integer|number)$/.test(type))) {
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    }
    if (types.includes('boolean')) return text === 'true' ? true : text === 'false' ? false : text;
    return text;
  }

  private bodyFault({ body, headers }: FuzzRequest, { operation }: Route): string | undefined {
    const { requestBody } = operation;
    if (!requestBody) return undefined;
    if (body === undefined) return requestBody.required ? 'the body is missing' : undefined;
    const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
    const media = requestBody.content[type];
    if (!media) return `the content type ${type} is not documented`;
    if (type !== 'application/json') return undefined;
    try {
      return this.holds(media.schema!, JSON.parse(body.toString().replace(/^\ufeff/, '')))
        ? undefined
        : 'the body is not as documented';
    } catch {
      return 'the body is no JSON';
    }
  }

  private holds(schema: Schema, value: unknown): boolean {
    let validate = this.compiled.get(schema);
    if (!validate) {
      const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"asked#/')) as Schema;
      this.compiled.set(schema, (validate = this.ajv.compile(local)));
    }
    return validate(value);
  }
}

/** Everything that is wrong with an answer. `route` is the operation that was reached, if any. */
export function faultsOf(
  request: FuzzRequest,
  route: Route | undefined,
  answer: FuzzAnswer,
  allowed: Allowed,
): string[] {
  const { status } = answer;
  const faults: string[] = [];
  if (status >= 500 && status !== 503) faults.push(`answers ${status}`);
  if (request.method === 'HEAD' || request.method === 'OPTIONS') {
    if (status < 300 && request.caller === 'stranger' && !isPublic(request.route)) {
      faults.push(`answers ${request.method} of a stranger with ${status}`);
    }
    return faults;
  }
  if (!route) {
    if (status !== 404 && status !== 400 && status !== 413 && status !== 415) {
      faults.push(`answers an operation that is not documented with ${status}`);
    }
    return faults;
  }
  faults.push(...undocumented(request, answer), ...problemFaults(answer));
  if (status < 300) {
    const strange = request.caller === 'stranger' || request.caller === 'garbage';
    if (strange && !isPublic(route)) faults.push('answers without a token');
    const fault = allowed.fault(request, route);
    if (fault) faults.push(`takes what is not allowed: ${fault}`);
  }
  if (answer.headers['x-injected'] !== undefined || answer.headers['x-a'] !== undefined) faults.push('lets headers in');
  return faults;
}

function undocumented({ method, url }: FuzzRequest, { status, headers, text }: FuzzAnswer): string[] {
  const type = String(headers['content-type'] ?? '');
  try {
    const body: unknown = /\bjson/.test(type) && text ? JSON.parse(text) : {};
    assertDocumented(method, url, { status, headers: new Headers({ 'content-type': type }), body });
    return [];
  } catch (thrown) {
    return [(thrown as Error).message.slice(0, 400)];
  }
}

/** A request that was not understood is told which field was wrong. */
function problemFaults({ status, text }: FuzzAnswer): string[] {
  if (status !== 400) return [];
  const { code, errors } = JSON.parse(text) as Problem;
  if (code !== 'INVALID_INPUT') return [];
  if (!errors?.length) return ['calls input invalid without saying which'];
  return errors.every(({ pointer }) => pointer === '' || pointer?.startsWith('/'))
    ? []
    : ['gives a pointer that is none'];
}

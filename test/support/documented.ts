import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: { $ref?: string } }> }>;
}

const document = JSON.parse(readFileSync(path.resolve(__dirname, '../../openapi/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...document, $id: 'api' });

const templates = Object.keys(document.paths).map((template) => ({
  template,
  // Literal paths win over ones with parameters, as in the router.
  weight: (template.match(/\{/g) ?? []).length,
  pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}));
templates.sort((a, b) => a.weight - b.weight);

const compiled = new Map<string, ValidateFunction>();
const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** Statuses that any route may give before an operation is reached. */
const OUTSIDE = new Set(['NO_SUCH_ROUTE', 'TEMPORARY_REDUCED_CAPACITY']);

/** Throws when an answer is not one the API document promises: status, content type and every field. */
export function assertDocumented(
  method: string,
  url: string,
  answer: { status: number; headers: Headers; body: unknown },
): void {
  const pathname = url.split('?')[0]!;
  const template = templates.find(
    ({ pattern, template: t }) => pattern.test(pathname) && document.paths[t]?.[method.toLowerCase()],
  )?.template;
  if (!template) {
    if (OUTSIDE.has((answer.body as { code?: string }).code ?? '')) return;
    if (answer.status === 404) return;
    throw new Error(`${method} ${pathname} is not in the API document`);
  }
  const operation = document.paths[template]![method.toLowerCase()]!;
  const response = operation.responses[String(answer.status)];
  if (!response) {
    throw new Error(`${method} ${template} answered ${answer.status}, undocumented: ${JSON.stringify(answer.body)}`);
  }
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]!;
  if (!response.content) return;
  if (!response.content[type]) throw new Error(`${method} ${template} ${answer.status} answered ${type}, undocumented`);
  if (!/\bjson/.test(type)) return;
  // Compiled once for all operations that answer with the same view.
  const named = response.content[type].schema?.$ref;
  const here = `/paths/${escaped(template)}/${method.toLowerCase()}/responses/${answer.status}/content/${escaped(type)}/schema`;
  const ref = `api#${named?.slice(1) ?? here}`;
  let validate = compiled.get(ref);
  if (!validate) compiled.set(ref, (validate = ajv.compile({ $ref: encodeURI(ref) })));
  if (!validate(answer.body)) {
    throw new Error(
      `${method} ${template} ${answer.status} is not as documented: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(answer.body)}`,
    );
  }
}

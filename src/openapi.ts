import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { readFileSync, writeFileSync } from 'node:fs';
import { AppModule } from './app.module.js';
import { ProblemView } from './platform/http/problem.view.js';
import { readSettings } from './platform/settings.js';

const FILE = new URL('../../openapi/openapi.json', import.meta.url);
const LIST = new URL('../../openapi/operations.txt', import.meta.url);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Makes the API document from the code; no database is touched. */
async function document(): Promise<OpenAPIObject> {
  const module = AppModule.with('postgres://nobody@127.0.0.1:1/none', readSettings({}), {
    issuer: '',
    keys: () => Promise.reject(new Error()),
  });
  const app = await NestFactory.create(module, new FastifyAdapter(), {
    preview: true,
    abortOnError: false,
    logger: ['error'],
  });
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Loopline')
    .setDescription('The backend a mobile carrier runs behind its shop counters and self-service pages.')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token');
  const made = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_controller, method) => method,
    extraModels: [ProblemView],
  });
  return sorted(made) as OpenAPIObject;
}

/** Keys in one order whatever the order of the code, lists as they are but for enums and required. */
function sorted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    return key === 'required' || key === 'enum' ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner, name)]));
}

/** One line an operation: tag, operationId, method, path, right. */
function operationsOf(made: OpenAPIObject): string {
  const lines = Object.entries(made.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method]! as { tags?: string[]; operationId?: string; 'x-right'?: string };
      return [
        operation.tags?.[0],
        operation.operationId,
        method.toUpperCase(),
        path,
        operation['x-right'] ?? 'public',
      ].join('  ');
    }),
  );
  return `${lines.sort().join('\n')}\n`;
}

const made = await document();
const texts = [
  { file: FILE, text: `${JSON.stringify(made, null, 2)}\n` },
  { file: LIST, text: operationsOf(made) },
];
const stale = texts.filter(({ file, text }) => readIfThere(file) !== text);
if (process.argv.includes('--check')) {
  if (stale.length) {
    console.error(
      `Not as the code says: ${stale.map(({ file }) => file.pathname.split('/').pop()).join(', ')}. Run npm run openapi.`,
    );
  }
  process.exit(stale.length ? 1 : 0);
}
for (const { file, text } of stale) writeFileSync(file, text);
process.exit(0);

function readIfThere(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

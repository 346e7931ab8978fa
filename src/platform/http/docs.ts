import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RequestListener } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';

const DOCUMENT = new URL('../../../../openapi/openapi.json', import.meta.url);

/** Serves the checked-in API document as JSON and, with swagger-ui-express, as a page at /docs. */
export function serveDocs(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  let pages: Promise<RequestListener> | undefined;
  for (const url of ['/docs', '/docs/*']) {
    server.get(url, { config: { work: 'health' } }, async (request, reply) => {
      // Made when first asked for: most processes never show the page, and it weighs some twenty megabytes.
      const show = await (pages ??= documentationPages());
      reply.hijack();
      show(request.raw, reply.raw);
    });
  }
  server.get('/openapi.json', { config: { work: 'health' } }, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(readFileSync(DOCUMENT)),
  );
}

async function documentationPages(): Promise<RequestListener> {
  const [{ default: express }, { default: helmet }, { default: swaggerUi }] = await Promise.all([
    import('express'),
    import('helmet'),
    import('swagger-ui-express'),
  ]);
  const document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Record<string, unknown>;
  // No upgrade to https and no HSTS: on a plain local address they would break the page.
  const security = helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    strictTransportSecurity: false,
  });
  return express()
    .disable('x-powered-by')
    .use(security)
    .use('/docs', swaggerUi.serve, swaggerUi.setup(document, { customSiteTitle: 'Loopline API' })) as RequestListener;
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import swaggerUi from 'swagger-ui-express';

const DOCUMENT = new URL('../../../../openapi/openapi.json', import.meta.url);

/** Serves the checked-in API document as JSON and, with swagger-ui-express, as a page at /docs. */
export function serveDocs(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const text = readFileSync(DOCUMENT, 'utf8');
  const pages = express().disable('x-powered-by');
  pages.use(
    '/docs',
    swaggerUi.serve,
    swaggerUi.setup(JSON.parse(text) as swaggerUi.JsonObject, { customSiteTitle: 'Loopline API' }),
  );
  for (const url of ['/docs', '/docs/*']) {
    server.get(url, { config: { work: 'health' } }, (request, reply) => {
      reply.hijack();
      // What Fastify's hooks have put on the reply so far, the security headers among it, goes out as well.
      for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value as string);
      pages(request.raw, reply.raw);
    });
  }
  server.get('/openapi.json', { config: { work: 'health' } }, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(text),
  );
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const FILES = [
  ['/unlock', 'index.html', 'text/html; charset=utf-8'],
  ['/unlock/icon.svg', 'icon.svg', 'image/svg+xml'],
  ['/unlock/unlock.css', 'unlock.css', 'text/css; charset=utf-8'],
  ['/unlock/unlock.js', 'unlock.js', 'text/javascript; charset=utf-8'],
  ['/unlock/standing.js', 'standing.js', 'text/javascript; charset=utf-8'],
  ['/unlock/words.js', 'words.js', 'text/javascript; charset=utf-8'],
] as const;

/** Nothing but its own files, nothing inline, in nobody's frame: what a mail's link opens must be ours alone. */
const POLICY = [
  "default-src 'none'",
  ...['script-src', 'style-src', 'connect-src', 'img-src'].map((kind) => `${kind} 'self'`),
  ...['base-uri', 'form-action', 'frame-ancestors'].map((kind) => `${kind} 'none'`),
].join('; ');

/** The page on which customers ask for an unlock and follow it: a few small files, without anything from elsewhere. */
export function serveUnlockPage(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  for (const [url, file, type] of FILES) {
    const content = readFileSync(new URL(file, import.meta.url));
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    const headers = { etag, 'content-security-policy': POLICY, 'cache-control': 'no-cache' };
    server.get(url, { config: { work: 'health' } }, (request, reply) => {
      void reply.headers(headers);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.header('content-type', type).send(content);
    });
  }
}

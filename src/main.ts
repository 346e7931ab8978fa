import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { externalIssuer, type TrustedIssuer } from './access/tokens.js';
import { AppModule } from './app.module.js';
import { Readiness } from './platform/health/readiness.js';
import { serveDocs } from './platform/http/docs.js';
import { furnish, serverOptions } from './platform/http/server.js';
import { flushLog, log, nestLog } from './platform/log.js';
import { PlainSentence } from './platform/plain-sentence.js';
import { readSettings, type Settings } from './platform/settings.js';

export interface Running {
  app: NestFastifyApplication;
  url: string;
  /** Stops accepting, lets requests finish within the limit, closes. */
  stop(): Promise<void>;
}

/** Starts the API on a database that is already migrated. */
export async function serve(
  databaseUrl: string,
  settings: Settings,
  issuer: TrustedIssuer,
  fit?: (app: NestFastifyApplication) => void,
): Promise<Running> {
  log.level = settings.LOG_LEVEL;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(databaseUrl, settings, issuer),
    new FastifyAdapter({ ...serverOptions(settings), skipMiddie: true }),
    { logger: nestLog, bodyParser: false, abortOnError: false },
  );
  const capacity = furnish(app, settings);
  serveDocs(app);
  fit?.(app);
  await listen(app, settings);
  const stop = async () => {
    app.get(Readiness).drain();
    capacity.draining();
    const until = Date.now() + settings.SHUTDOWN_LIMIT_MS;
    while (!capacity.idle() && Date.now() < until) await pause(20);
    await Promise.race([app.close(), pause(Math.max(until - Date.now(), 1000), undefined, { ref: false })]);
    flushLog();
  };
  return { app, url: await app.getUrl(), stop };
}

async function listen(app: NestFastifyApplication, { PORT, HOST }: Settings): Promise<void> {
  try {
    await app.listen(PORT, HOST);
  } catch (failed) {
    if ((failed as { code?: string }).code !== 'EADDRINUSE') throw failed;
    throw new PlainSentence(
      `Port ${PORT} is taken by another program. Stop it, or start with another one: PORT=${PORT + 1} npm start`,
    );
  }
}

/** Runs `start`, then ends the process on SIGTERM or SIGINT; a second signal ends it at once. */
export async function untilSignal(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  try {
    const running = await start();
    await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    await running.stop();
    process.exit(0);
  } catch (failed) {
    flushLog();
    console.error(failed instanceof PlainSentence ? failed.message : failed);
    process.exit(1);
  }
}

/** `node dist/src/main.js`: one API process of a real installation. */
async function main(): Promise<Running> {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL) {
    throw new PlainSentence('Set DATABASE_URL, or use `npm start` for the embedded database.');
  }
  if (!settings.OIDC_ISSUER) throw new PlainSentence('Set OIDC_ISSUER, or use `npm start` for the embedded issuer.');
  return serve(settings.DATABASE_URL, settings, externalIssuer(settings.OIDC_ISSUER));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await untilSignal(main);

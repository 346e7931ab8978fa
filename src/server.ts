import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { TrustedIssuer } from './access/tokens.js';
import { AppModule } from './app.module.js';
import { Readiness } from './platform/health/readiness.js';
import { serveDocs } from './platform/http/docs.js';
import { furnish, serverOptions } from './platform/http/server.js';
import { flushLog, log, nestLog } from './platform/log.js';
import { PlainSentence } from './platform/plain-sentence.js';
import type { Settings } from './platform/settings.js';
import { serveUnlockPage } from './unlock-requests/page/serve.js';

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
  serveUnlockPage(app);
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
    console.error(plainly(failed));
    process.exit(1);
  }
}

const DATABASE_TROUBLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at the address of the database: start it, or correct DATABASE_URL.',
  ENOTFOUND: 'The host of the database is not known: correct DATABASE_URL.',
  '28P01': 'The database does not take the password: correct DATABASE_URL.',
  '28000': 'The database does not let this user in: correct DATABASE_URL, or its pg_hba.conf.',
  '3D000': 'There is no such database: create it, or correct DATABASE_URL.',
  '42501': 'The database user may not do what a migration needs: grant it the schema, or migrate as its owner.',
};

/** What the person who starts the program is told: a sentence where they can mend it, else all that is known. */
function plainly(failed: unknown): unknown {
  if (failed instanceof PlainSentence) return failed.message;
  const { code, cause } = (failed ?? {}) as { code?: string; cause?: { code?: string } };
  return DATABASE_TROUBLE[code ?? cause?.code ?? ''] ?? failed;
}

import { NestFactory } from '@nestjs/core';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { externalIssuer } from '../access/tokens.js';
import { AppModule, SCHEMA } from '../app.module.js';
import { databaseOptions } from '../platform/database.js';
import { nestLog } from '../platform/log.js';
import { migrate } from '../platform/migrate.js';
import { readSettings, type Settings } from '../platform/settings.js';
import { serve, untilSignal, type Running } from '../server.js';
import { writeDevTokens } from './dev-tokens.js';
import { startEmbedded } from './embedded-postgres.js';
import { localIssuer } from './local-issuer.js';
import { localMailbox } from './mailbox.js';
import { freePort } from './free-port.js';
import { loadSampleCarrier } from './sample-carrier.js';
import { welcome } from './welcome.js';

/** `npm start`: the whole carrier on one machine, with whatever the configuration does not name embedded. */
async function start(): Promise<Running> {
  const asked = readSettings(process.env);
  const mailbox = asked.SMTP_URL ? undefined : await localMailbox();
  const settings = {
    ...{ ...asked, PORT: asked.PORT || (await freePort()) },
    ...(mailbox ? { SMTP_URL: mailbox.smtpUrl } : {}),
  };
  const databaseUrl = settings.DATABASE_URL || (await embeddedDatabase(settings));
  const empty = await prepare(databaseUrl, settings);
  if (empty && settings.SAMPLE_CARRIER === 'on') await fillWithSample(databaseUrl, settings);
  if (settings.OIDC_ISSUER) {
    const running = await serve(databaseUrl, settings, externalIssuer(settings.OIDC_ISSUER), mailbox?.mount);
    welcome(running.url, settings, undefined, mailbox !== undefined);
    return running;
  }
  const issuer = await localIssuer(databaseUrl, settings);
  const running = await serve(databaseUrl, settings, issuer.trusted, (app) => {
    issuer.mount(app);
    mailbox?.mount(app);
  });
  const tokens = await writeDevTokens(databaseUrl, settings, issuer, running.url);
  welcome(running.url, settings, tokens, mailbox !== undefined);
  return running;
}

async function embeddedDatabase(settings: Settings): Promise<string> {
  const server = await startEmbedded({ dir: path.join(settings.DATA_DIR, 'postgres') });
  const client = new pg.Client(server.url());
  await client.connect();
  const { rowCount } = await client.query(`select 1 from pg_database where datname = 'loopline'`);
  if (!rowCount) await client.query('create database loopline');
  await client.end();
  return server.url('loopline');
}

/** Migrates. @returns whether the database is empty, or holds no more than a sample that was being loaded. */
async function prepare(databaseUrl: string, settings: Settings): Promise<boolean> {
  const migrations = { ...SCHEMA, entities: [] };
  const db = await new DataSource(databaseOptions(databaseUrl, { ...settings, POOL_SIZE: 2 }, migrations)).initialize();
  try {
    await migrate(db);
    const [{ empty }]: [{ empty: boolean }] = await db.query(
      `select not exists (select from brand) or exists (select from import_job where asked_by = 'sample-carrier') as empty`,
    );
    return empty;
  } finally {
    await db.destroy();
  }
}

/** The sample goes the way of anybody's files, before the doors open. */
async function fillWithSample(databaseUrl: string, settings: Settings): Promise<void> {
  const nobody = { issuer: '', keys: () => Promise.reject(new Error('The doors are closed.')) };
  const app = await NestFactory.createApplicationContext(
    AppModule.with(databaseUrl, { ...settings, WORKER: 'off' }, nobody),
    {
      logger: nestLog,
    },
  );
  await loadSampleCarrier(app);
  await app.close();
}

await untilSignal(start);

import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { SCHEMA } from './app.module.js';
import { databaseOptions } from './platform/database.js';
import { migrate } from './platform/migrate.js';
import { PlainSentence } from './platform/plain-sentence.js';
import { readSettings } from './platform/settings.js';

/** `node dist/migrate.js`: brings the database at DATABASE_URL to this program's schema, before its processes start. */
async function main(): Promise<string> {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL) throw new PlainSentence('Set DATABASE_URL to the database to migrate.');
  const options = databaseOptions(settings.DATABASE_URL, { ...settings, POOL_SIZE: 2 }, SCHEMA);
  const db = await new DataSource(options).initialize();
  try {
    return `${await migrate(db)} migrations applied.\n`;
  } finally {
    await db.destroy();
  }
}

try {
  process.stdout.write(await main());
} catch (failed) {
  process.stderr.write(`${failed instanceof PlainSentence ? failed.message : String(failed)}\n`);
  process.exitCode = 1;
}

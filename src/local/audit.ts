import 'reflect-metadata';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { SCHEMA } from '../app.module.js';
import type { AuditVerificationView } from '../audit/audit.view.js';
import { exportedLines } from '../audit/entries.query.js';
import { verifyChains } from '../audit/verification.js';
import { databaseOptions } from '../platform/database.js';
import { PlainSentence } from '../platform/plain-sentence.js';
import { readSettings, type Settings } from '../platform/settings.js';
import { isInstant } from '../values/time.js';
import { answerOf, ask, findServer } from './running-server.js';

const USAGE = `Say what is wanted:
  npm run audit -- verify
  npm run audit -- export [--from=2014-01-01T00:00:00Z] [--to=2015-01-01T00:00:00Z] > entries.ndjson
It asks the database at DATABASE_URL, or else the running server.`;

const EARLIEST = '1970-01-01T00:00:00Z';
const LATEST = '2100-12-31T00:00:00Z';

interface Period {
  from: string;
  to: string;
}

function parsed(): Period & { wanted: string } {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { from: { type: 'string', default: EARLIEST }, to: { type: 'string', default: LATEST } },
    });
    const [wanted = ''] = positionals;
    if (/^(verify|export)$/.test(wanted) && isInstant(values.from) && isInstant(values.to)) {
      return { wanted, ...values };
    }
  } catch {
    // What stands on the command line is not understood: said below.
  }
  throw new PlainSentence(USAGE);
}

/** Runs on the database itself, which needs no server and trusts none. */
async function withDatabase<T>(settings: Settings, work: (db: DataSource) => Promise<T>): Promise<T> {
  const options = databaseOptions(settings.DATABASE_URL, { ...settings, POOL_SIZE: 1 }, SCHEMA);
  const db = await new DataSource(options).initialize().catch((failed: Error) => {
    throw new PlainSentence(`The database at DATABASE_URL cannot be asked: ${failed.message || 'no answer'}.`);
  });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function verify(settings: Settings): Promise<AuditVerificationView> {
  if (!settings.DATABASE_URL) return ask(await findServer(), '/v1/audit/verification');
  return withDatabase(settings, (db) => db.transaction((tx) => verifyChains(tx, null)));
}

/** What was found, in plain words. */
function told({ ok, entries, brokenLinks, chains }: AuditVerificationView): string {
  if (ok) return `The audit holds: ${counted(entries, 'entry', 'entries')} in ${counted(chains.length, 'chain')}.`;
  const where = chains
    .filter((chain) => chain.brokenLinks)
    .map((chain) => `${chain.chain} (${chain.brokenLinks} of ${counted(chain.entries, 'entry', 'entries')})`);
  return `The audit is broken: ${counted(brokenLinks, 'link')} of ${where.join(', ')} ${brokenLinks === 1 ? 'does' : 'do'} not hold.`;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

async function exportTo(out: NodeJS.WriteStream, settings: Settings, { from, to }: Period): Promise<void> {
  if (settings.DATABASE_URL) {
    return withDatabase(settings, (db) => written(out, exportedLines(db.manager, null, { from, to })));
  }
  const route = `/v1/audit/export?${new URLSearchParams({ from, to })}`;
  const { body } = await answerOf(await findServer(), route);
  if (body) await written(out, Readable.fromWeb(body as never));
}

/** No faster than it is taken, so that any number of entries goes through the same memory. */
async function written(out: NodeJS.WriteStream, pieces: AsyncIterable<string | Buffer>): Promise<void> {
  for await (const piece of pieces) if (!out.write(piece)) await once(out, 'drain');
}

async function main(): Promise<number> {
  const { wanted, ...period } = parsed();
  const settings = readSettings(process.env);
  if (wanted === 'export') {
    await exportTo(process.stdout, settings, period);
    return 0;
  }
  const found = await verify(settings);
  console.log(told(found));
  return found.ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (failed) {
  console.error(failed instanceof PlainSentence ? failed.message : failed);
  process.exitCode = 1;
}

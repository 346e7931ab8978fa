import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../support/server.js';

const START = path.resolve(__dirname, '../../dist/start.js');
const LINES = [
  ...['locations', 'catalogue', 'channels', 'tacs', 'prices', 'units', 'bulk', 'accounts', 'lines', 'device-records'],
  ...['line-activity', 'paid-service', 'line-payments', 'block-list', 'unlock-codes'],
];

interface Program {
  child: ChildProcess;
  url: string;
  output(): string;
}

let dataDir: string;
const living: ChildProcess[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'loopline-start-'));
  // The embedded server may run under an account of its own.
  await chmod(dataDir, 0o755);
});
afterEach(async () => {
  for (const child of living.splice(0)) await killed(child);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Starts the program on its embedded database, as `npm start` does. */
async function start(env: Record<string, string> = {}): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, [START], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return { child, url: `http://127.0.0.1:${port}`, output: () => output };
}

async function until(what: () => boolean | Promise<boolean>, program: Program): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(20)) {
    if (await what()) return;
    if (program.child.exitCode !== null) throw new Error(`The program ended:\n${program.output()}`);
  }
  throw new Error(`It has not come about:\n${program.output()}`);
}

const ready = (program: Program) => until(() => program.output().includes('Loopline is ready'), program);

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const postgresDir = () => path.join(dataDir, 'postgres');
const postmaster = async () => (await readFile(path.join(postgresDir(), 'postmaster.pid'), 'utf8')).split('\n');

/** Pulls the plug: the program and its database at once. */
async function pullThePlug({ child }: Program): Promise<void> {
  const pid = Number((await postmaster())[0]);
  process.kill(pid, 'SIGKILL');
  await killed(child);
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
}

async function database(): Promise<pg.Client> {
  const [, , , port] = await postmaster();
  const password = (await readFile(path.join(postgresDir(), '.password'), 'utf8')).trim();
  const client = new pg.Client(`postgres://postgres:${password}@127.0.0.1:${port}/loopline`);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Lines of each sample file, without its head. */
async function sampleLines(): Promise<Record<string, number>> {
  const sample = path.resolve(__dirname, '../../src/local/sample');
  const counts = LINES.map(async (name) => {
    const text = await readFile(path.join(sample, `${name}.csv`), 'utf8');
    return [name, text.trim().split('\n').length - 1] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** What of the sample is there. */
async function loaded(): Promise<Record<string, number>> {
  const client = await database();
  const { rows } = await client.query<Record<string, number>>(
    `select (select count(*) from stock_location)::int as locations, (select count(*) from sku)::int as catalogue,
       (select count(*) from sku_channel)::int as channels, (select count(*) from price)::int as prices,
       (select count(*) from stock_holding)::int as units, (select count(*) from stock_unit)::int as identities,
       (select count(*) from bulk_stock)::int as bulk,
       (select count(*) from billing_account)::int as accounts, (select count(*) from account_line)::int as lines,
       (select count(*) from device_record)::int as "device-records",
       (select count(*) from paid_service)::int as "paid-service",
       (select count(*) from line_payment)::int as "line-payments", (select count(*) from block_entry)::int as "block-list",
       (select count(*) from unlock_code where status = 'HELD')::int as "unlock-codes",
       (select count(*) from stock_movement where unit_id is not null)::int as receipts`,
  );
  await client.end();
  return rows[0]!;
}

async function wholeSample(): Promise<Record<string, number>> {
  // Several TACs are of one variant, and a line of activity may be of usage alone: those are not counted by table.
  const { tacs: _tacs, 'line-activity': _activity, ...counted } = await sampleLines();
  return { ...counted, identities: counted['units']!, receipts: counted['units']! };
}

describe('start the program', () => {
  it('fills an empty database, and after a power cut has all that it had', async () => {
    const first = await start();
    await ready(first);
    expect(await loaded()).toEqual(await wholeSample());
    const tokens = JSON.parse(await readFile(path.join(dataDir, 'dev-tokens.json'), 'utf8')) as {
      associate: string;
      store: { code: string };
    };
    expect(tokens.store.code).toBe('WA-0101');
    const client = await database();
    const { rows } = await client.query<{ id: string }>(
      `select s.id from sku s join stock_holding h on h.sku_id = s.id join stock_location l on l.id = h.location_id
       where l.code = 'WA-0101' and h.disposition = 'AVAILABLE' limit 1`,
    );
    await client.end();
    const reserved = await fetch(`${first.url}/v1/reservations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens.associate}`,
        'content-type': 'application/json',
        'idempotency-key': 'the-last-act-before',
      },
      body: JSON.stringify({ purpose: 'CLICK_AND_COLLECT', lines: [{ skuId: rows[0]!.id }] }),
    });
    expect(reserved.status).toBe(201);
    const { id } = (await reserved.json()) as { id: string };
    await pullThePlug(first);

    const second = await start();
    await ready(second);
    const whole = await wholeSample();
    expect(await loaded()).toEqual({ ...whole, receipts: whole['units']! + 1 });
    const again = JSON.parse(await readFile(path.join(dataDir, 'dev-tokens.json'), 'utf8')) as { associate: string };
    const shown = await fetch(`${second.url}/v1/reservations/${id}`, {
      headers: { authorization: `Bearer ${again.associate}` },
    });
    expect([shown.status, ((await shown.json()) as { status: string }).status]).toEqual([200, 'ACTIVE']);
    const exited = once(second.child, 'exit') as Promise<[number]>;
    second.child.kill('SIGTERM');
    expect((await exited)[0]).toBe(0);
  }, 300_000);

  it('completes a sample that was being loaded when the power went', async () => {
    const first = await start();
    const begun = async () => {
      try {
        const client = await database();
        const { rows } = await client
          .query(`select 1 from import_job where state = 'DONE' limit 1`)
          .finally(() => client.end());
        return rows.length > 0;
      } catch {
        return false;
      }
    };
    await until(begun, first);
    expect(first.output()).not.toContain('Loopline is ready');
    await pullThePlug(first);
    const second = await start();
    await ready(second);
    expect(await loaded()).toEqual(await wholeSample());
    const client = await database();
    // A file that was on its way in when the power went is handed in again, under a job of its own.
    const { rows } = await client.query(
      `select state, sum(lines_failed)::int as failed, count(*)::int as jobs from import_job where state <> 'UPLOADING' group by 1`,
    );
    await client.end();
    // And the prices paid for used handsets, which are made rather than kept in a file.
    expect(rows).toEqual([{ state: 'DONE', failed: 0, jobs: LINES.length + 1 }]);
  }, 300_000);

  it.each([
    ['half a database', { PG_VERSION: '18\n' }, 'is not empty, and not a whole database either: move it away'],
    ['somebody else’s files', { 'notes.txt': 'mine' }, 'is not empty, and not a whole database either: move it away'],
    ['an older database', { PG_VERSION: '15\n' }, 'holds data of PostgreSQL 15, and the bundled server is 18'],
  ])('says in a plain sentence that the directory holds %s, and leaves it', async (_what, files, sentence) => {
    await mkdir(postgresDir());
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(postgresDir(), name), text);
    const { child, output } = await start();
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(output()).toContain(`${postgresDir()} ${sentence}`);
    expect(output()).not.toMatch(/^\s+at /m);
    for (const [name, text] of Object.entries(files)) {
      expect(await readFile(path.join(postgresDir(), name), 'utf8')).toBe(text);
    }
  });
});

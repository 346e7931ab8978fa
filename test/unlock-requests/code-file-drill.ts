import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { checkDigit } from '../../src/values/check-digits.js';
import { Fallible } from '../support/fallible.js';
import { Insistent } from '../support/insistent.js';
import { filesShowing, tablesShowing } from '../support/plain-text.js';
import { BACK_OFFICE, provedNow } from '../support/tokens.js';
import { Desk, type ImportJob, linesOf, type Request } from './desk.js';

export interface CodeFileReport {
  kills: number;
  seconds: number;
  /** Lines that were read when the program was killed, one number a kill. */
  killedAt: number[];
  resent: number;
  /** What the job says of its lines, what was to be expected, and what it says when the same file comes again. */
  job: ReturnType<typeof linesOf> & { state: string };
  expected: { applied: number; unchanged: number; failed: number };
  again: ReturnType<typeof linesOf>;
  /** What stands in the books of it. */
  books: Record<string, number>;
  /** Codes shown at the end that were not those of the file. */
  wrong: number;
  /** Tables and files in which a code can be read. */
  plain: string[];
}

const TAC = '35676005';
const FAULTY_EVERY = 500;
const AGAIN_EVERY = 350;
const SHOWN = 12;

interface CodeFile {
  csv: string;
  /** Fourteen digits, and the code, of every handset whose line is good. */
  codes: readonly (readonly [imei14: string, code: string])[];
  expected: CodeFileReport['expected'];
  /** Digits every code begins with, and nothing else. */
  mark: string;
}

/** A maker's file with a damaged line now and then, and a line that says again what the one before said. */
function codeFile(rows: number): CodeFile {
  const mark = String(randomInt(10 ** 9, 10 ** 10 - 1));
  const codes: [string, string][] = [];
  const lines: string[] = [];
  const expected = { applied: 0, unchanged: 0, failed: 0 };
  for (let n = 0; lines.length < rows; n++) {
    const imei14 = `${TAC}${String(n).padStart(6, '0')}`;
    const code = `${mark}${String(n).padStart(6, '0')}`;
    const faulty = n % FAULTY_EVERY === 7;
    lines.push(`${imei14}${checkDigit(imei14)},MEP2,${faulty ? code.slice(0, 14) : code}`);
    expected[faulty ? 'failed' : 'applied']++;
    if (faulty) continue;
    codes.push([imei14, code]);
    if (n % AGAIN_EVERY !== 3 || lines.length === rows) continue;
    lines.push(lines.at(-1)!);
    expected.unchanged++;
  }
  return { csv: ['imei,code_type,code', ...lines].join('\n'), codes, expected, mark };
}

/** A maker's file is read while the one server that does it is killed as by a power cut, again and again. */
export async function codeFileDrill(
  { rows, kills }: { rows: number; kills: number },
  say: (progress: string) => void = () => undefined,
): Promise<CodeFileReport> {
  const desk = await Desk.open({ WORKER: 'off' });
  const { shop } = desk;
  const file = codeFile(rows);
  await desk.publish({ rules: [{ group: 'BASE' }, { check: 'PAID_IN_FULL' }] });
  await known(desk, file);
  const env = { DATA_DIR: shop.server.dataDir, AUTO_UNLOCK_HOUR: '24' };
  const server = await Fallible.start(shop.database.url, `${shop.url}/oidc`, env);
  try {
    const began = Date.now();
    const caller = new Insistent([server.url]);
    const token = await shop.token(BACK_OFFICE);
    const uploading = caller.post<{ id: string }>('/v1/imports?kind=UNLOCK_CODES', {
      ...{ token, body: file.csv, type: 'text/csv' },
    });
    // The first time while the file is still on its way.
    await pause(Math.random() * 200);
    await server.kill();
    await server.startAgain();
    const { body } = await uploading;
    const { killedAt, plain } = await killWhileReading(desk, server, body.id, { file, kills: kills - 1, say });
    const job = await ended(desk, body.id);
    const books = await booksOf(desk, body.id);
    return {
      ...{ kills: killedAt.length + 1, seconds: Math.round((Date.now() - began) / 1000), killedAt },
      ...{ resent: caller.resent, job: { ...linesOf(job), state: job.state }, expected: file.expected, books },
      again: linesOf(await desk.import('UNLOCK_CODES', file.csv)),
      wrong: await wronglyShown(desk, body.id, file),
      plain: [...plain, ...(await readable(desk, file.mark))],
    };
  } finally {
    await server.kill('SIGTERM');
    await shop.close();
  }
}

/** Billing knows every handset of the file; and each batch takes its time, as does noting that it is done. */
async function known({ shop }: Desk, { codes }: CodeFile): Promise<void> {
  const imeis = codes.map(([imei14]) => imei14);
  await shop.db.query(
    `insert into device_record (id, imei14, sold_by_us, brand, segment, jurisdiction, purchased_on, activated_on,
       fraud_flag, balance_minor, currency)
     select gen_random_uuid(), imei14, true, 'T-Mobile US', 'POSTPAID', 'US', '2013-10-01', '2013-10-01', false, 0, 'USD'
     from unnest($1::text[]) imei14`,
    [imeis],
  );
  await shop.db.query(`
    create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(0.15); return null; end $$;
    create trigger linger after insert on unlock_code for each statement execute function linger();
    create trigger linger after update of lines_read on import_job for each statement execute function linger()`);
}

/** Kills at any moment of a batch; where nothing was stored since the last kill it waits for more. */
async function killWhileReading(
  { shop }: Desk,
  server: Fallible,
  jobId: string,
  { file, kills, say }: { file: CodeFile; kills: number; say: (progress: string) => void },
): Promise<{ killedAt: number[]; plain: string[] }> {
  const read = () => shop.count('select lines_read from import_job where id = $1', [jobId]);
  const total = file.expected.applied + file.expected.unchanged + file.expected.failed;
  const killedAt: number[] = [];
  const plain: string[] = [];
  for (let before = -1; killedAt.length < kills; before = killedAt.at(-1)!) {
    while ((await read()) <= before) await pause(5);
    await pause(Math.random() * 400);
    await server.kill();
    const left = await read();
    killedAt.push(left);
    if (killedAt.length === 1) plain.push(...(await tablesShowing(shop.db, file.mark)));
    say(`${killedAt.length} kills, ${left} lines read`);
    // Otherwise the lease would have to run out first, which takes twenty seconds.
    await shop.db.query(`update import_job set lease_until = now() where id = $1 and state = 'RUNNING'`, [jobId]);
    await server.startAgain();
    if (left === total) break;
  }
  return { killedAt, plain };
}

async function ended({ office }: Desk, jobId: string): Promise<ImportJob> {
  for (;;) {
    const { body } = await office.get<ImportJob>(`/v1/imports/${jobId}`);
    if (['DONE', 'FAILED'].includes(body.state)) return body;
    await pause(50);
  }
}

async function booksOf({ shop, office }: Desk, jobId: string): Promise<Record<string, number>> {
  const books = await shop.one<Record<string, number>>(
    `select (select count(*)::int from unlock_code where batch_id = $1 and status = 'HELD') as held,
       (select count(distinct device_imei14)::int from unlock_code) as handsets,
       (select count(*)::int from unlock_code where status <> 'HELD' or batch_id <> $1) as others,
       (select count(*)::int from unlock_code_batch) as batches,
       (select count(distinct line)::int from import_fault where job_id = $1) as faults,
       (select count(*)::int from import_job where state in ('DONE', 'FAILED')) as jobs,
       (select count(*)::int from import_chunk where job_id = $1) as pieces,
       (select count(*)::int from history where subject_id = $1 and act = 'upload') as uploads,
       (select count(*)::int from history h join import_job j on j.id = h.subject_id
        where h.subject_id = $1 and h.act = 'finish' and h.chain is not null
          and (h.details ->> 'applied')::int = j.lines_applied and (h.details ->> 'failed')::int = j.lines_failed
          and (h.details ->> 'unchanged')::int = j.lines_unchanged and (h.details ->> 'read')::int = j.lines_read)
         as endings,
       (select count(*)::int from outbox_event where aggregate_id = $1 and type = 'import.finished') as events,
       (select count(*)::int from idempotency_key where operation = 'POST /v1/imports' and body is not null) as keys`,
    [jobId],
  );
  const { body } = await office.get<{ brokenLinks: number }>('/v1/audit/verification');
  return { ...books, brokenLinks: body.brokenLinks };
}

/** Lets the file in, asks for some of its handsets, and looks whether the codes shown are theirs. */
async function wronglyShown(desk: Desk, jobId: string, { codes }: CodeFile): Promise<number> {
  const approved = await desk.second.post(`/v1/unlock-code-batches/${jobId}/approve`);
  if (approved.status !== 200) throw new Error(approved.text);
  const agent = await desk.shop.as({ ...BACK_OFFICE, ...provedNow() });
  let wrong = 0;
  for (let n = 0; n < SHOWN; n++) {
    const [imei14, code] = codes[Math.floor((n / SHOWN) * codes.length)]!;
    const { body } = await desk.ask({ imei: imei14 + checkDigit(imei14) });
    const shown = await desk.act((body as Request).id, 'reveal-code', { purpose: 'Drill' }, agent);
    if ((shown.body as { code: string }).code !== code) wrong++;
  }
  return wrong;
}

/** Where a code can be read: in a table, a file of the program, or a file of the database. */
async function readable({ shop }: Desk, mark: string): Promise<string[]> {
  const { data_directory: database } = await shop.one<{ data_directory: string }>('show data_directory');
  return [
    ...(await tablesShowing(shop.db, mark)),
    ...(await filesShowing(shop.server.dataDir, mark)),
    ...(await filesShowing(database, mark)),
    ...(shop.server.output().includes(mark) ? ['output'] : []),
  ];
}

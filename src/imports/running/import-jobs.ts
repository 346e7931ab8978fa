import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { system } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { newId } from '../../values/id.js';
import type { LineFault } from '../importer.js';
import type { ImportFormat, ImportKind } from '../import-job.lifecycle.js';

type Db = Pick<EntityManager, 'query'>;

/** What a process holds of a job: after another has taken it, nothing that is done under this lease reaches the job. */
export interface Lease {
  id: string;
  lease_id: string;
}

/** A job under work. */
export interface TakenJob extends Lease {
  kind: ImportKind;
  format: ImportFormat;
  dry_run: boolean;
  all_or_nothing: boolean;
  asked_by: string;
  lines_read: number;
  /** How often it was taken without coming further. */
  tries: number;
}

/** What became of lines, counted. */
export interface Tally {
  read: number;
  applied: number;
  unchanged: number;
  failed: number;
}

/** A fault and where it stands. */
export interface PlacedFault extends LineFault {
  line: number;
  position: number;
}

/** Another process works on the job now: what this one has in hand must not be stored. */
export class LeaseLost extends Error {}

/** A file may have two thousand pieces of a mebibyte: all at once would hold the transaction up for too long. */
export const PIECES_AT_ONCE = 64;

/** A fault report longer than this helps nobody; the counts go on. */
export const MOST_FAULTS_KEPT = 10_000;

/** How long a process may be silent before another takes its job over. */
const LEASE = `interval '20 seconds'`;

const TAKEN = 'id, lease_id, kind, format, dry_run, all_or_nothing, asked_by, lines_read, tries';
const OURS = `id = $1 and lease_id = $2 and state = 'RUNNING'`;

/** Takes the oldest job that waits, or whose process has fallen silent; `only` takes that one or none. */
export async function takeJob(db: Db, only: string | null = null): Promise<TakenJob | undefined> {
  const [taken]: [TakenJob[], number] = await db.query(
    `update import_job set state = 'RUNNING', lease_until = now() + ${LEASE}, lease_id = $2, tries = tries + 1
     where id = (select id from import_job
                 where (state = 'WAITING' or state = 'RUNNING' and lease_until < now()) and ($1::uuid is null or id = $1)
                 order by asked_at limit 1 for update skip locked)
     returning ${TAKEN}`,
    [only, newId()],
  );
  return taken[0];
}

/** Keeps the job while lines are only being read. @throws LeaseLost */
export async function keepLease(db: Db, lease: Lease): Promise<void> {
  await changeOurs(db, lease, `lease_until = now() + ${LEASE}`, []);
}

/** Lets the job go, to be taken again after a pause. @throws LeaseLost */
export async function releaseJob(db: Db, lease: Lease, seconds: number): Promise<void> {
  await changeOurs(db, lease, 'lease_until = now() + make_interval(secs => $3)', [seconds]);
}

/** Lets the job go for a process that stops, which says nothing against the job. @throws LeaseLost */
export async function handBack(db: Db, lease: Lease): Promise<void> {
  await changeOurs(db, lease, 'lease_until = now(), tries = greatest(tries - 1, 0)', []);
}

async function changeOurs(db: Db, lease: Lease, change: string, values: readonly unknown[]): Promise<void> {
  const sql = `update import_job set ${change} where ${OURS}`;
  const [, moved]: [unknown, number] = await db.query(sql, [lease.id, lease.lease_id, ...values]);
  if (!moved) throw new LeaseLost();
}

/**
 * Notes that a batch is done, in the transaction that does it. The lease and the lines before it are the fence: when
 * another process has gone on from there, nothing is updated and this one's work is undone.
 * @throws LeaseLost
 */
export async function advance(
  tx: Db,
  lease: Lease,
  step: { before: number; bytes: number; tally: Tally },
): Promise<void> {
  const { read, applied, unchanged, failed } = step.tally;
  const [, moved]: [unknown, number] = await tx.query(
    `update import_job set lines_read = lines_read + $4, lines_applied = lines_applied + $5,
       lines_unchanged = lines_unchanged + $6, lines_failed = lines_failed + $7, bytes_read = $8,
       lease_until = now() + ${LEASE}, tries = 1
     where ${OURS} and lines_read = $3`,
    [lease.id, lease.lease_id, step.before, read, applied, unchanged, failed, step.bytes],
  );
  if (!moved) throw new LeaseLost();
}

/** Shows how far a job is that stores nothing before its end. @throws LeaseLost */
export async function showProgress(db: Db, lease: Lease, bytes: number, tally: Tally): Promise<void> {
  await changeOurs(
    db,
    lease,
    `lines_read = $3, lines_applied = $4, lines_unchanged = $5, lines_failed = $6, bytes_read = $7,
       lease_until = now() + ${LEASE}`,
    [tally.read, tally.applied, tally.unchanged, tally.failed, bytes],
  );
}

/** How many faults of the job are kept already. */
export async function faultsKept(db: Db, jobId: string): Promise<number> {
  const [found]: { kept: number }[] = await db.query(
    'select count(*)::int as kept from import_fault where job_id = $1',
    [jobId],
  );
  return found?.kept ?? 0;
}

/** Keeps faults for the report. */
export async function keepFaults(db: Db, jobId: string, faults: readonly PlacedFault[]): Promise<void> {
  if (!faults.length) return;
  await db.query(
    `insert into import_fault (job_id, line, position, column_name, value, code, detail)
     select $1, given.* from unnest($2::int[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[]) as given
     on conflict do nothing`,
    [
      jobId,
      ...(['line', 'position', 'column', 'value', 'code', 'detail'] as const).map((field) =>
        faults.map((fault) => fault[field]),
      ),
    ],
  );
}

/** How a job ends. */
export interface Ending {
  state: 'DONE' | 'FAILED';
  tally: Tally;
  failure?: string;
}

/**
 * Ends a job: the file goes (the rest of a large one is swept), the counts stay, the history and the outside are told once.
 * @throws LeaseLost when another process has taken or ended it.
 */
export async function endJob(tx: EntityManager, job: TakenJob, { state, tally, failure = '' }: Ending): Promise<void> {
  await changeOurs(
    tx,
    job,
    `state = $3, finished_at = now(), lease_until = null, failure = nullif($4, ''),
       lines_read = $5, lines_applied = $6, lines_unchanged = $7, lines_failed = $8, bytes_read = bytes_total`,
    [state, failure, tally.read, tally.applied, tally.unchanged, tally.failed],
  );
  await tx.query(`delete from import_chunk where job_id = $1 and seq < ${PIECES_AT_ONCE}`, [job.id]);
  const facts = { kind: job.kind, dryRun: job.dry_run, allOrNothing: job.all_or_nothing, ...tally };
  const by = system(job.id);
  await publish(tx, by, {
    type: 'import.finished',
    aggregateKind: 'import_job',
    aggregateId: job.id,
    payload: { ...facts, state },
  });
  await recordAudited(tx, by, {
    subjectKind: 'import_job',
    subjectId: job.id,
    act: 'finish',
    from: 'RUNNING',
    to: state,
    details: { ...facts, askedBy: job.asked_by },
  });
}

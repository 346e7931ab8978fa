import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { system } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import type { LineFault } from '../importer.js';
import type { ImportFormat, ImportKind } from '../import-job.lifecycle.js';

type Db = Pick<EntityManager, 'query'>;

/** A job under work. */
export interface TakenJob {
  id: string;
  kind: ImportKind;
  format: ImportFormat;
  dry_run: boolean;
  all_or_nothing: boolean;
  asked_by: string;
  lines_read: number;
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

/** A fault report longer than this helps nobody; the counts go on. */
export const MOST_FAULTS_KEPT = 10_000;

/** How long a process may be silent before another takes its job over. */
const LEASE = `interval '20 seconds'`;

const TAKEN = 'id, kind, format, dry_run, all_or_nothing, asked_by, lines_read';

/** Takes the oldest job that waits, or whose process has fallen silent; `only` takes that one or none. */
export async function takeJob(db: Db, only: string | null = null): Promise<TakenJob | undefined> {
  const [taken]: [TakenJob[], number] = await db.query(
    `update import_job set state = 'RUNNING', lease_until = now() + ${LEASE}
     where id = (select id from import_job
                 where (state = 'WAITING' or state = 'RUNNING' and lease_until < now()) and ($1::uuid is null or id = $1)
                 order by asked_at limit 1 for update skip locked)
     returning ${TAKEN}`,
    [only],
  );
  return taken[0];
}

/** Keeps the job while lines are only being read. */
export async function keepLease(db: Db, jobId: string): Promise<void> {
  await db.query(`update import_job set lease_until = now() + ${LEASE} where id = $1 and state = 'RUNNING'`, [jobId]);
}

/** Lets the job go, to be taken again after a pause. */
export async function releaseJob(db: Db, jobId: string, seconds: number): Promise<void> {
  await db.query(
    `update import_job set lease_until = now() + make_interval(secs => $2) where id = $1 and state = 'RUNNING'`,
    [jobId, seconds],
  );
}

/**
 * Notes that a batch is done, in the transaction that does it. The lines before it are the fence: when another process
 * has gone on from there, nothing is updated and this one's work is undone.
 * @throws LeaseLost
 */
export async function advance(
  tx: Db,
  jobId: string,
  step: { before: number; bytes: number; tally: Tally },
): Promise<void> {
  const { read, applied, unchanged, failed } = step.tally;
  const [, moved]: [unknown, number] = await tx.query(
    `update import_job set lines_read = lines_read + $3, lines_applied = lines_applied + $4,
       lines_unchanged = lines_unchanged + $5, lines_failed = lines_failed + $6, bytes_read = $7,
       lease_until = now() + ${LEASE}
     where id = $1 and state = 'RUNNING' and lines_read = $2`,
    [jobId, step.before, read, applied, unchanged, failed, step.bytes],
  );
  if (!moved) throw new LeaseLost();
}

/** Shows how far a job is that stores nothing before its end. */
export async function showProgress(db: Db, jobId: string, bytes: number, tally: Tally): Promise<void> {
  const [, moved]: [unknown, number] = await db.query(
    `update import_job set lines_read = $2, lines_applied = $3, lines_unchanged = $4, lines_failed = $5, bytes_read = $6,
       lease_until = now() + ${LEASE}
     where id = $1 and state = 'RUNNING'`,
    [jobId, tally.read, tally.applied, tally.unchanged, tally.failed, bytes],
  );
  if (!moved) throw new LeaseLost();
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
 * Ends a job: the file goes, the counts stay, the history and the outside are told once.
 * @throws LeaseLost when another process has ended it.
 */
export async function endJob(tx: EntityManager, job: TakenJob, { state, tally, failure = '' }: Ending): Promise<void> {
  const [, ended]: [unknown, number] = await tx.query(
    `update import_job set state = $2, finished_at = now(), lease_until = null, failure = nullif($3, ''),
       lines_read = $4, lines_applied = $5, lines_unchanged = $6, lines_failed = $7, bytes_read = bytes_total
     where id = $1 and state = 'RUNNING'`,
    [job.id, state, failure, tally.read, tally.applied, tally.unchanged, tally.failed],
  );
  if (!ended) throw new LeaseLost();
  await tx.query('delete from import_chunk where job_id = $1', [job.id]);
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

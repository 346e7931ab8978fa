import type { EntityManager, QueryRunner } from 'typeorm';
import type { Batch } from '../reading/batches.js';
import type { ImportRun } from './import-run.js';
import { endJob, type Ending, showProgress, type Tally } from './import-jobs.js';

const none = (): Tally => ({ read: 0, applied: 0, unchanged: 0, failed: 0 });

/**
 * Stores a file in one transaction, for a trial run or for all or nothing. The transaction of all or nothing is given
 * up at the first faulty line; what follows is only tried, so that one report names every fault.
 */
export async function runAsOne(run: ImportRun): Promise<void> {
  const { job } = run;
  const runner = run.tools.db.dataSource.createQueryRunner();
  const tally = none();
  try {
    await runner.startTransaction();
    await startOver(run);
    for await (const batch of run.batches(0)) await tryBatch(run, runner, { batch, tally });
    if (!job.dry_run && !tally.failed) return await commitAll(run, runner, tally);
    await runner.rollbackTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
  await run.end(endingOf(run, tally));
}

async function tryBatch(
  run: ImportRun,
  runner: QueryRunner,
  work: { batch: Batch<object>; tally: Tally },
): Promise<void> {
  const { batch, tally } = work;
  await run.beforehand(batch);
  const found = await run.settle(runner.manager, batch);
  const doomed = run.job.all_or_nothing && !tally.failed && found.tally.failed > 0;
  for (const count of ['read', 'applied', 'unchanged', 'failed'] as const) tally[count] += found.tally[count];
  if (doomed) {
    await runner.rollbackTransaction();
    await runner.startTransaction();
  }
  await showProgress(run.tools.db, run.job, batch.bytes, tally);
  run.haveKept(await run.keep(run.tools.db, found.faults));
}

/** A process before this one may have come some way; nothing of it was stored but the report. */
async function startOver({ tools, job }: ImportRun): Promise<void> {
  await tools.acts.transaction(async (tx) => {
    await showProgress(tx, job, 0, none());
    await tx.query('delete from import_fault where job_id = $1', [job.id]);
  });
}

async function commitAll(run: ImportRun, runner: QueryRunner, tally: Tally): Promise<void> {
  await endJob(runner.manager as EntityManager, run.job, { state: 'DONE', tally });
  await runner.commitTransaction();
}

function endingOf({ job }: ImportRun, tally: Tally): Ending {
  if (!job.all_or_nothing || !tally.failed) return { state: 'DONE', tally };
  const lines = tally.failed === 1 ? 'one line is' : `${tally.failed} lines are`;
  return { state: 'FAILED', tally: { ...tally, applied: 0 }, failure: `Nothing was stored: ${lines} faulty.` };
}

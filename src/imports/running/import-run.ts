import type { EntityManager } from 'typeorm';
import type { Acts } from '../../platform/acts.js';
import { constraintOf } from '../../platform/http/constraint-refusals.js';
import { type ApplyBatch, type Importer, type Outcome, toldWithout } from '../importer.js';
import { type Batch, batchesOf } from '../reading/batches.js';
import {
  advance,
  endJob,
  type Ending,
  faultsKept,
  keepFaults,
  keepLease,
  MOST_FAULTS_KEPT,
  type PlacedFault,
  type TakenJob,
  type Tally,
} from './import-jobs.js';

const UNIQUE_TRIES = 3;
const LEASE_KEPT_EVERY_MS = 3000;

/** The process is stopping; the job goes on elsewhere, or here later. */
export class Stopped extends Error {}

/** What the run of a job works with. */
export interface RunTools {
  acts: Acts;
  db: EntityManager;
  stopping(): boolean;
  /** The file, piece by piece. */
  pieces(): AsyncIterable<Uint8Array>;
}

/** One job being worked on by this process. */
export class ImportRun {
  private readonly apply: ApplyBatch<object>;
  private kept = 0;

  constructor(
    readonly job: TakenJob,
    readonly tools: RunTools,
    private readonly importer: Importer<object>,
  ) {
    this.apply = importer.begin({ jobId: job.id, actor: job.asked_by });
  }

  /** Whether two batches may be under way at once. */
  get overlapping(): boolean {
    return this.importer.overlapping === true;
  }

  /** The lines after the first `done`, in batches. */
  async *batches(done: number): AsyncGenerator<Batch<object>> {
    const { job, importer } = this;
    yield* batchesOf(this.pieces(), { importer, format: job.format, done });
  }

  private async *pieces(): AsyncGenerator<Uint8Array> {
    this.kept = await faultsKept(this.tools.db, this.job.id);
    let said = Date.now();
    for await (const piece of this.tools.pieces()) {
      if (this.tools.stopping()) throw new Stopped();
      if (Date.now() - said > LEASE_KEPT_EVERY_MS) {
        await keepLease(this.tools.db, this.job);
        said = Date.now();
      }
      yield piece;
    }
  }

  /** What is done before the transaction of a batch. */
  async beforehand(batch: Batch<object>): Promise<void> {
    await this.importer.beforehand?.(batch.rows);
  }

  /** Stores the rows of a batch and says what became of every line. */
  async settle(tx: EntityManager, batch: Batch<object>): Promise<{ tally: Tally; faults: PlacedFault[] }> {
    // A plan made while the tables were nearly empty would read all of them for every batch that follows.
    await tx.query(`select set_config('plan_cache_mode', 'force_custom_plan', true)`);
    const outcomes = batch.rows.length ? await this.apply(tx, batch.rows) : [];
    const { tally, faults } = settled(batch, outcomes);
    return { tally, faults: faults.map(toldWithout(this.importer.secret)) };
  }

  /** Keeps as many of the faults as the report still has room for. */
  async keep(db: Pick<EntityManager, 'query'>, faults: readonly PlacedFault[]): Promise<number> {
    const fitting = faults.slice(0, Math.max(0, MOST_FAULTS_KEPT - this.kept));
    await keepFaults(db, this.job.id, fitting);
    return fitting.length;
  }

  /** Counts faults as kept, once their transaction has committed. */
  haveKept(faults: number): void {
    this.kept += faults;
  }

  /** Ends the job in a transaction of its own. */
  async end(ending: Ending): Promise<void> {
    await this.tools.acts.transaction((tx) => endJob(tx, this.job, ending));
  }
}

/** Stores a file batch by batch, each with the progress it makes: wherever the process dies, the next one goes on. */
export async function runInSteps(run: ImportRun): Promise<void> {
  let latest: Promise<void> = Promise.resolve();
  for await (const batch of run.batches(run.job.lines_read)) {
    const before = latest;
    latest = run.overlapping ? step(run, batch, before) : before.then(() => step(run, batch, before));
    // Its failure is told by the await below or by the next batch, which cannot commit without it.
    latest.catch(() => undefined);
    await before;
  }
  await latest;
  const tally = await tallyOf(run);
  await run.end({ state: 'DONE', tally });
}

/** One batch. The rows of two batches may be stored side by side; their progress is noted in the file's order. */
async function step(run: ImportRun, batch: Batch<object>, before: Promise<void>): Promise<void> {
  await run.beforehand(batch);
  const kept = await againOnUnique(() =>
    run.tools.acts.transaction(async (tx) => {
      const { tally, faults } = await run.settle(tx, batch);
      await before;
      await advance(tx, run.job, { before: batch.before, bytes: batch.bytes, tally });
      return run.keep(tx, faults);
    }),
  );
  run.haveKept(kept);
}

/** Somebody stored the same thing between our look and our insert: the second look sees it. */
export async function againOnUnique<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === UNIQUE_TRIES || !/_(?:key|pk)$/.test(constraintOf(error) ?? '')) throw error;
    }
  }
}

async function tallyOf({ tools, job }: ImportRun): Promise<Tally> {
  const [tally]: Tally[] = await tools.db.query(
    `select lines_read as read, lines_applied as applied, lines_unchanged as unchanged, lines_failed as failed
     from import_job where id = $1`,
    [job.id],
  );
  return tally!;
}

function settled(batch: Batch<object>, outcomes: readonly Outcome[]): { tally: Tally; faults: PlacedFault[] } {
  const refused = [...batch.refused];
  const tally = { read: batch.rows.length + batch.refused.length, applied: 0, unchanged: 0, failed: 0 };
  outcomes.forEach((outcome, at) => {
    if (typeof outcome === 'string') tally[outcome]++;
    else refused.push({ line: batch.lines[at]!, faults: outcome });
  });
  tally.failed = refused.length;
  refused.sort((one, other) => one.line - other.line);
  const faults = refused.flatMap(({ line, faults: found }) =>
    found.map((fault, position) => ({ ...fault, line, position })),
  );
  return { tally, faults };
}

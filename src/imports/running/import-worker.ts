import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { isConnectionLost, sqlState } from '../../platform/database-trouble.js';
import { log } from '../../platform/log.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { toldWithout } from '../importer.js';
import { FileStore } from '../file-store.js';
import { FileRefused } from '../reading/header.js';
import {
  endJob,
  handBack,
  keepFaults,
  LeaseLost,
  PIECES_AT_ONCE,
  releaseJob,
  takeJob,
  type TakenJob,
  type Tally,
} from './import-jobs.js';
import { runAsOne } from './import-as-one.js';
import { ImportRun, runInSteps, Stopped } from './import-run.js';

/** Trouble that passes is waited for, longer each time: twenty tries are six minutes. */
const MOST_TRIES = 20;
const PAUSE_AFTER_TROUBLE_S = 2;
const LOOK_AGAIN_MS = 100;
/**
 * SQLSTATE classes of trouble that passes, besides a lost connection: rollback, resources, locks, intervention; and
 * that somebody else has just stored the same thing, which the next look will see.
 */
const PASSING = /^(?:23505|25006|40|53|55P03|57)/;

/** Works on the files that wait, one at a time; any number of processes may do so side by side. */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private stopping = false;
  private working: Promise<void> = Promise.resolve();
  private sleep = new AbortController();

  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly files: FileStore,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.WORKER === 'on') this.working = this.work();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.working;
  }

  /** There is a new job: looks for it now rather than at the next sweep. */
  wake(): void {
    this.sleep.abort();
  }

  /** Waits until the job has ended, here or in another process; works on it when nobody else does. */
  async finish(jobId: string): Promise<void> {
    for (;;) {
      const job = await takeJob(this.db, jobId);
      if (job) await this.runSafely(job);
      const [found]: { ended: boolean }[] = await this.db.query(
        `select state in ('DONE', 'FAILED') as ended from import_job where id = $1`,
        [jobId],
      );
      if (found?.ended !== false) return;
      await pause(LOOK_AGAIN_MS);
    }
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      this.sleep = new AbortController();
      const found = await this.workOnNext();
      if (!found) {
        await pause(this.settings.SWEEP_INTERVAL_MS, undefined, { signal: this.sleep.signal }).catch(() => undefined);
      }
    }
  }

  private async workOnNext(): Promise<boolean> {
    try {
      const job = await takeJob(this.db);
      if (job) await this.runSafely(job);
      while ((await dropPieces(this.db)) === PIECES_AT_ONCE && !this.stopping);
      if (!job) await dropAbandoned(this.db);
      return job !== undefined;
    } catch (error) {
      log.warn({ state: sqlState(error) }, 'imports cannot be looked for');
      return false;
    }
  }

  /** What the job comes to is said once, and only while it is this process's job. */
  private async runSafely(job: TakenJob): Promise<void> {
    try {
      // A job that ends its process is never told to have failed: the count is all that is left of it.
      if (job.tries > MOST_TRIES) await this.fail(job);
      else await this.run(job).catch((error: unknown) => this.afterwards(job, error));
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  private async afterwards(job: TakenJob, error: unknown): Promise<void> {
    if (error instanceof LeaseLost) return;
    if (error instanceof FileRefused) return this.refuse(job, error);
    if (error instanceof Stopped) return handBack(this.db, job);
    return this.afterTrouble(job, error);
  }

  private async run(job: TakenJob): Promise<void> {
    const pieces = () => this.files.pieces(job);
    const tools = { acts: this.acts, db: this.db.manager, stopping: () => this.stopping, pieces };
    const run = new ImportRun(job, tools, this.files.importerOf(job.kind));
    await (job.dry_run || job.all_or_nothing ? runAsOne(run) : runInSteps(run));
  }

  private async refuse(job: TakenJob, { message, faults }: FileRefused): Promise<void> {
    const { secret } = this.files.importerOf(job.kind);
    await this.acts.transaction(async (tx) => {
      await keepFaults(
        tx,
        job.id,
        faults.map(toldWithout(secret)).map((fault, position) => ({ ...fault, line: 1, position })),
      );
      const tally = { read: 0, applied: 0, unchanged: 0, failed: 0 };
      await endJob(tx, job, { state: 'FAILED', tally, failure: message });
    });
  }

  private async afterTrouble(job: TakenJob, error: unknown): Promise<void> {
    const state = sqlState(error);
    log.error(
      { job: job.id, kind: job.kind, state, error: state ? undefined : String(error).replace(/\d{8,}/g, '#') },
      'import interrupted',
    );
    const passing = isConnectionLost(error) || PASSING.test(state ?? '');
    if (passing && job.tries < MOST_TRIES) return releaseJob(this.db, job, job.tries * PAUSE_AFTER_TROUBLE_S);
    await this.fail(job);
  }

  /** Trying for ever would help nobody: what was stored so far stands, and the counts say so. */
  private async fail(job: TakenJob): Promise<void> {
    await this.acts.transaction(async (tx) => {
      const [tally]: Tally[] = await tx.query(
        `select lines_read as read, lines_unchanged as unchanged, lines_failed as failed,
           case when $2 then 0 else lines_applied end as applied from import_job where id = $1`,
        [job.id, job.all_or_nothing || job.dry_run],
      );
      await endJob(tx, job, {
        state: 'FAILED',
        tally: tally!,
        failure: 'Something went wrong on our side; the log tells under the id of this import.',
      });
    });
  }
}

const ABANDONED = `j.state = 'UPLOADING' and j.lease_until < now()`;

/** Some of the pieces of files that nobody will read any more. @returns how many */
async function dropPieces(db: DataSource): Promise<number> {
  const [, dropped]: [unknown, number] = await db.query(
    `delete from import_chunk where (job_id, seq) in (
       select c.job_id, c.seq from import_chunk c join import_job j on j.id = c.job_id
       where j.state in ('DONE', 'FAILED') or ${ABANDONED} limit ${PIECES_AT_ONCE} for update of c skip locked)`,
  );
  return dropped;
}

/** Uploads whose process died: nobody will ever finish them. */
async function dropAbandoned(db: DataSource): Promise<void> {
  await db.query(
    `delete from import_job j where ${ABANDONED} and not exists (select from import_chunk c where c.job_id = j.id)`,
  );
}

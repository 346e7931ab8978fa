import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Background } from '../background.js';
import { log } from '../log.js';
import { StillRunning } from '../problems.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { FilesUnavailable } from './files.errors.js';

/** How long a file may lie there before something uses it. */
const GRACE = `interval '1 day'`;
/** Whoever clears a file away has done so by then, or has died. */
const CLEARING = `interval '10 minutes'`;
const AT_ONCE = 100;

/** One that is being cleared away is not taken up again before it is gone. $1 digest, $2 bytes */
const NOTE = `
  insert into stored_file (digest, bytes, unused_since) values ($1, $2, now())
  on conflict (digest) do update set unused_since = case when stored_file.unused_since is not null then now() end
  where stored_file.condemned_at is null returning 1 as noted`;

const CONDEMN = `
  update stored_file set condemned_at = now() where digest in (
    select digest from stored_file
    where unused_since < now() - ${GRACE} and (condemned_at is null or condemned_at < now() - ${CLEARING})
    order by unused_since limit ${AT_ONCE} for update skip locked)
  returning digest`;

/**
 * Files too large for the database, by what is in them. A file is written before the row that names it commits, and
 * cleared away a day after nothing names it any more: there may be a file without a row, never a row without its file.
 */
@Injectable()
export class Files implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    @Inject(FILE_STORE) private readonly store: FileStore,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('files that nothing uses', (stopping) => this.round(stopping));
  }

  /** Writes a file, before the transaction that uses it. @returns its SHA-256 @throws StillRunning, FilesUnavailable */
  async keep(bytes: Buffer): Promise<Buffer> {
    const digest = createHash('sha256').update(bytes).digest();
    const noted: unknown[] = await this.db.query(NOTE, [digest, bytes.length]);
    if (!noted.length) throw beingCleared();
    await this.reached(() => this.store.put(digest.toString('hex'), bytes));
    return digest;
  }

  /** A step: from now on something names the file. @throws StillRunning when it has been cleared away meanwhile */
  async use(tx: EntityManager, digest: Buffer): Promise<void> {
    const [, used]: [unknown[], number] = await tx.query(
      'update stored_file set unused_since = null where digest = $1 and condemned_at is null',
      [digest],
    );
    if (!used) throw beingCleared();
  }

  /** A step: the file goes, unless something else names it still; nothing can begin to while that is looked at. */
  async release(tx: EntityManager, digest: Buffer, isUsed: () => Promise<boolean>): Promise<void> {
    await tx.query('select from stored_file where digest = $1 for update', [digest]);
    if (await isUsed()) return;
    await tx.query(`update stored_file set unused_since = now() - ${GRACE} - interval '1 second' where digest = $1`, [
      digest,
    ]);
  }

  /** What is in a file, exactly as it was written. @throws FilesUnavailable */
  async open(digest: Buffer): Promise<Buffer> {
    const bytes = await this.reached(() => this.store.get(digest.toString('hex')));
    if (bytes && createHash('sha256').update(bytes).digest().equals(digest)) return bytes;
    log.error({ found: bytes !== undefined }, 'a file is missing, or not what was written');
    throw new FilesUnavailable('The file is not where it was kept; operations have been told.');
  }

  private async round(stopping: () => boolean): Promise<void> {
    await this.store.tidy();
    const [condemned]: [{ digest: Buffer }[], number] = await this.db.query(CONDEMN);
    for (const { digest } of condemned) {
      if (stopping()) return;
      await this.store.remove(digest.toString('hex'));
      await this.db.query('delete from stored_file where digest = $1 and condemned_at is not null', [digest]);
    }
  }

  private async reached<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (failed) {
      const { code, reason } = failed as { code?: string; reason?: string };
      log.warn({ reason: code ?? reason ?? 'unknown' }, 'the store of files does not answer');
      const unavailable = new FilesUnavailable('Nothing was kept; repeat with the same Idempotency-Key.');
      unavailable.retryAfter = 5;
      throw unavailable;
    }
  }
}

const beingCleared = () => new StillRunning('The same file is being cleared away; try again in a moment.');

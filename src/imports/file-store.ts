import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NotAllowed } from '../access/access.errors.js';
import type { Caller } from '../platform/caller.js';
import { Vault } from '../platform/secrets/vault.js';
import { newId } from '../values/id.js';
import type { ImportFormat, ImportKind } from './import-job.lifecycle.js';
import type { Importer } from './importer.js';
import { Importers } from './importers.js';

/** What is to be done with a file. */
export interface ImportOrder {
  kind: ImportKind;
  format: ImportFormat;
  dryRun: boolean;
  allOrNothing: boolean;
}

/** How long an upload may pause before its pieces are swept away. */
const PATIENCE = `interval '10 minutes'`;
const PURPOSE = 'import-file';

const aboutPiece = (jobId: string, seq: number): string => `import_chunk|${jobId}|${seq}|bytes`;

/** Keeps a file in pieces until its job has ended; a file of secrets lies sealed. */
@Injectable()
export class FileStore {
  constructor(
    private readonly db: DataSource,
    private readonly vault: Vault,
    private readonly importers: Importers,
  ) {}

  importerOf = (kind: ImportKind): Importer<object> => this.importers.of(kind);

  /** Some files need a right of their own. @throws NotAllowed */
  needRight(caller: Caller, kind: ImportKind): void {
    const { right } = this.importers.of(kind);
    if (right && !caller.scopes.has(right)) throw new NotAllowed(`A file of ${kind} needs the right ${right}.`);
  }

  /** Makes room for a file. @returns the id of its job */
  async open(order: ImportOrder, actor: string): Promise<string> {
    const id = newId();
    await this.db.query(
      `insert into import_job (id, kind, format, state, dry_run, all_or_nothing, asked_by, bytes_total, lease_until)
       values ($1, $2, $3, 'UPLOADING', $4, $5, $6, 0, now() + ${PATIENCE})`,
      [id, order.kind, order.format, order.dryRun, order.allOrNothing, actor],
    );
    return id;
  }

  async keep(id: string, kind: ImportKind, piece: Buffer, seq: number): Promise<void> {
    const bytes = this.isSecret(kind) ? await this.vault.seal(PURPOSE, aboutPiece(id, seq), piece) : piece;
    await this.db.query(
      `with kept as (insert into import_chunk (job_id, seq, bytes) values ($1, $2, $3))
       update import_job set bytes_total = bytes_total + $4, lease_until = now() + ${PATIENCE} where id = $1`,
      [id, seq, bytes, piece.length],
    );
  }

  async drop(id: string): Promise<void> {
    await this.db.query(`delete from import_job where id = $1 and state = 'UPLOADING'`, [id]);
  }

  /** The pieces of the file, one after the other; only one of them is in memory. */
  async *pieces({ id, kind }: { id: string; kind: ImportKind }): AsyncGenerator<Uint8Array> {
    const secret = this.isSecret(kind);
    for (let seq = 0; ; seq++) {
      const [piece]: { bytes: Buffer }[] = await this.db.query(
        'select bytes from import_chunk where job_id = $1 and seq = $2',
        [id, seq],
      );
      if (!piece) return;
      yield secret ? await this.vault.unseal(aboutPiece(id, seq), piece.bytes) : piece.bytes;
    }
  }

  private isSecret = (kind: ImportKind): boolean => this.importers.of(kind).secret !== undefined;
}

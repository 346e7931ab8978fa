import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import { Acts } from '../platform/acts.js';
import type { Call } from '../platform/caller.js';
import { recordAct } from '../platform/history.js';
import { BodyTooLarge, StillRunning } from '../platform/problems.js';
import { SETTINGS_TOKEN, type Settings } from '../platform/settings.js';
import { FileStore, type ImportOrder } from './file-store.js';
import { ImportJob } from './import-job.entity.js';
import { ImportJobView } from './import.view.js';
import { EmptyFile, NotForStores } from './imports.errors.js';
import { ImportWorker } from './running/import-worker.js';

interface Kept {
  bytes: number;
  digest: Buffer;
}

const PIECE = 1024 * 1024;

/** Takes files in: in pieces as they come, then in one short act that makes them a job. */
@Injectable()
export class Uploads {
  constructor(
    private readonly acts: Acts,
    private readonly files: FileStore,
    private readonly worker: ImportWorker,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /**
   * Takes a file. Its bytes count as part of the request: the same key with another file is refused, with the same
   * file it gives the job made before.
   * @throws NotForStores, NotAllowed, EmptyFile, BodyTooLarge, KeyReused, StillRunning
   */
  async receive(call: Call, order: ImportOrder, body: Readable): Promise<ImportJobView> {
    try {
      if (call.caller.storeId) {
        throw new NotForStores('Imports are for the whole carrier: use a token that is bound to no store.');
      }
      this.files.needRight(call.caller, order.kind);
      return (await this.acts.isKnown(call)) ? await this.replay(call, body) : await this.takeIn(call, order, body);
    } catch (refused) {
      // Without it a client that sends first and listens afterwards would never come to read the refusal.
      body.resume();
      throw refused;
    }
  }

  /** The key was used before: the file is only looked at, not kept again. */
  private async replay(call: Call, body: Readable): Promise<ImportJobView> {
    const { digest } = await this.read(body, () => Promise.resolve());
    return this.acts.once(withFile(call, digest), () => {
      throw new StillRunning('The key was just forgotten; send the file once more.');
    });
  }

  private async takeIn(call: Call, order: ImportOrder, body: Readable): Promise<ImportJobView> {
    const id = await this.files.open(order, call.actor);
    try {
      const file = await this.read(body, (piece, seq) => this.files.keep(id, order.kind, piece, seq));
      if (!file.bytes) throw new EmptyFile('Send the file as the body of the request.');
      const view = await this.acts.once(withFile(call, file.digest), (tx) => this.accept(tx, call, id));
      if (view.id !== id) await this.files.drop(id);
      this.worker.wake();
      return view;
    } catch (failed) {
      await this.files.drop(id);
      throw failed;
    }
  }

  private async accept(tx: EntityManager, call: Call, id: string): Promise<ImportJobView> {
    await tx.query(
      `update import_job set state = 'WAITING', lease_until = null, asked_at = now() where id = $1 and state = 'UPLOADING'`,
      [id],
    );
    const job = await tx.getRepository(ImportJob).findOneByOrFail({ id });
    await recordAct(tx, call, {
      subjectKind: 'import_job',
      subjectId: id,
      act: 'upload',
      to: 'WAITING',
      details: { kind: job.kind, bytes: Number(job.bytesTotal) },
    });
    return ImportJobView.of(job);
  }

  /** Reads the body piece by piece; the next is asked for only when the last is kept. */
  private async read(body: Readable, keep: (piece: Buffer, seq: number) => Promise<void>): Promise<Kept> {
    const hash = createHash('sha256');
    const most = this.settings.UPLOAD_LIMIT_MB * PIECE;
    let held: Buffer[] = [];
    let [heldBytes, bytes, seq] = [0, 0, 0];
    const put = async () => {
      if (!heldBytes) return;
      await keep(Buffer.concat(held), seq++);
      held = [];
      heldBytes = 0;
    };
    // The stream is left open on a refusal: destroying it would cut the line before the answer is sent.
    for await (const part of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > most) throw tooLarge(this.settings);
      hash.update(part);
      held.push(part);
      heldBytes += part.length;
      if (heldBytes >= PIECE) await put();
    }
    await put();
    return { bytes, digest: hash.digest() };
  }
}

/** The refusal of a file beyond the limit. */
export const tooLarge = ({ UPLOAD_LIMIT_MB }: Settings): BodyTooLarge =>
  new BodyTooLarge(`A file has at most ${UPLOAD_LIMIT_MB} MiB; send it in several.`);

/** The call with the file as part of what is asked. */
const withFile = (call: Call, digest: Buffer): Call => ({
  ...call,
  requestHash: createHash('sha256').update(call.requestHash).update(digest).digest(),
});

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { perform } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { readBatch, readCode } from './code-batches.query.js';
import type { CodeBatchView, QuarantinedCodeView } from './code-batches.view.js';
import { UnlockCodeBatch } from './unlock-code.entity.js';
import { CODE_BATCH_ACTS } from './unlock-code.lifecycle.js';

/** The acts on makers' files: handed in by one person, let in by another. No code of a file is given out before. */
@Injectable()
export class CodeBatches {
  constructor(private readonly acts: Acts) {}

  /** @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  approve(call: Call, id: string): Promise<CodeBatchView> {
    return this.decide(call, id, 'approve');
  }

  /** Its codes are thrown away, little by little. @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  refuse(call: Call, id: string): Promise<CodeBatchView> {
    return this.decide(call, id, 'refuse');
  }

  /** Lets a code out of quarantine: it is the right one. @throws NotFound, WrongState, SecondPersonNeeded, AnotherCodeHeld */
  release(call: Call, id: string): Promise<QuarantinedCodeView> {
    return this.settle(call, id, 'HELD');
  }

  /** Throws a quarantined code away. @throws NotFound, WrongState, SecondPersonNeeded */
  discard(call: Call, id: string): Promise<QuarantinedCodeView> {
    return this.settle(call, id, 'DISCARDED');
  }

  private decide(call: Call, id: string, act: keyof typeof CODE_BATCH_ACTS): Promise<CodeBatchView> {
    return this.acts.once(call, async (tx) => {
      const { handedInBy } = await readBatch(tx, id);
      needSecondPerson(call, [handedInBy]);
      await perform(tx, UnlockCodeBatch, {
        ...{ acts: CODE_BATCH_ACTS, act, id, also: { decidedBy: call.actor, decidedAt: () => 'now()' } },
        ...(call.ifMatch === undefined ? {} : { ifMatch: call.ifMatch }),
      });
      const batch = await readBatch(tx, id);
      const { held, quarantined } = batch;
      await publish(tx, call, {
        ...{ type: `unlock-code-batch.${act}d`, aggregateKind: 'unlock-code-batch', aggregateId: id },
        payload: { held, quarantined },
      });
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-code-batch', subjectId: id, act, from: 'STAGED', to: batch.status },
        details: { held, quarantined, handedInBy },
      });
      return batch;
    });
  }

  private settle(call: Call, id: string, status: 'HELD' | 'DISCARDED'): Promise<QuarantinedCodeView> {
    return this.acts.once(call, async (tx) => {
      const { status: was, batchId } = await readCode(tx, id);
      if (was !== 'QUARANTINED') throw new WrongState(`It is not in quarantine: ${was}.`, { state: was, possible: [] });
      needSecondPerson(call, [(await readBatch(tx, batchId)).handedInBy]);
      await move(tx, id, status);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-code', subjectId: id, act: status === 'HELD' ? 'release' : 'discard' },
        ...{ from: 'QUARANTINED', to: status },
      });
      return readCode(tx, id);
    });
  }
}

/** @throws NotFound when somebody else settled it first */
async function move(tx: EntityManager, id: string, status: string): Promise<void> {
  const [, moved]: [unknown, number] = await tx.query(
    `update unlock_code set status = $2 where id = $1 and status = 'QUARANTINED'`,
    [id, status],
  );
  if (!moved) throw new NotFound('No such code in quarantine.');
}

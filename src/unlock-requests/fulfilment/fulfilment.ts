import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import type { HandsetRecord } from '../../stock/units/handset-records.js';
import { moveRequest, responded } from '../requests/moves.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import type { UnlockStage } from '../requests/unlock-request.lifecycle.js';
import { failShownCodes, holdsCode } from '../codes/held-codes.js';
import { noteLock, readLock } from './device-locks.js';
import { recipeFor } from './recipes.js';

/** The first try, or another one and why. */
export interface Way {
  act: 'fulfil' | 'retry';
  reason?: string;
}

interface Doing {
  method: UnlockRequest['method'];
  stage: UnlockStage | null;
  attemptsLeft?: number | null;
}

/** Steps by which an approved request is carried out. */
@Injectable()
export class Fulfilment {
  /** Begins: with the code when we hold it, else by asking whoever can unlock the handset. */
  async begin(
    tx: EntityManager,
    by: Doer,
    request: UnlockRequest,
    handset: HandsetRecord,
    way: Way = { act: 'fulfil' },
  ): Promise<UnlockRequest> {
    const recipe = await recipeFor(tx, handset);
    if (recipe.method === 'NOT_POSSIBLE') {
      const begun = await this.start(tx, by, request, { method: 'NOT_POSSIBLE', stage: null }, way);
      return moveRequest(tx, by, begun, 'failFulfilment', { also: { reasons: ['NOT_UNLOCKABLE'] } });
    }
    if (recipe.method === 'CODE') return this.byCode(tx, by, request, recipe.maxAttempts, way);
    const stage = recipe.method === 'OTA' ? 'OTA_PUSHED' : 'OEM_SUBMITTED';
    return this.start(tx, by, request, { method: recipe.method, stage }, way);
  }

  /** The code is there: the customer can have it now, and is told how to enter it. */
  async offer(tx: EntityManager, by: Doer, request: UnlockRequest): Promise<UnlockRequest> {
    return moveRequest(tx, by, request, 'offer', { also: { stage: null, ...responded('ACTION_REQUIRED') } });
  }

  /** The handset is unlocked, and its lock is noted apart from the request. */
  async complete(tx: EntityManager, by: Doer, request: UnlockRequest, source: string): Promise<UnlockRequest> {
    const done = await moveRequest(tx, by, request, 'complete', { also: { stage: null, ...responded('COMPLETED') } });
    const [grant]: { ends_at: Date | null }[] = await tx.query(
      'select ends_at from unlock_grant where request_id = $1',
      [request.id],
    );
    const until = grant?.ends_at ?? null;
    await noteLock(tx, request.deviceImei14, { state: until ? 'TEMP_UNLOCKED' : 'UNLOCKED', until }, source);
    return done;
  }

  /**
   * The handset refused the code: it is not given out again. Another type of code is tried while the handset has tries
   * left; none left means that it is locked for good.
   */
  async codeFailed(tx: EntityManager, by: Doer, request: UnlockRequest, left?: number): Promise<UnlockRequest> {
    const attemptsLeft = left ?? (request.attemptsLeft === null ? null : Math.max(0, request.attemptsLeft - 1));
    const failed = await moveRequest(tx, by, request, 'reportFailure', {
      ...{ also: { attemptsLeft }, details: { attemptsLeft } },
    });
    await failShownCodes(tx, request.id);
    if (attemptsLeft === 0) return this.lockedForGood(tx, by, failed);
    if (attemptsLeft !== null) {
      await noteLock(tx, request.deviceImei14, { state: 'LOCKED', attemptsLeft }, `request ${request.number}`);
    }
    if (!(await holdsCode(tx, request))) return moveRequest(tx, by, failed, 'failFulfilment');
    return this.offer(tx, by, await moveRequest(tx, by, failed, 'retry'));
  }

  /** No try is left: no code will ever help, whoever has it. */
  private async lockedForGood(tx: EntityManager, by: Doer, request: UnlockRequest): Promise<UnlockRequest> {
    await noteLock(tx, request.deviceImei14, { state: 'HARD_LOCKED', attemptsLeft: 0 }, `request ${request.number}`);
    const failed = await moveRequest(tx, by, request, 'failFulfilment');
    return moveRequest(tx, by, failed, 'deny', {
      also: { reasons: ['UNLOCK_ATTEMPTS_EXHAUSTED', 'NOT_UNLOCKABLE'], deniedAt: () => 'now()' },
    });
  }

  private async byCode(
    tx: EntityManager,
    by: Doer,
    request: UnlockRequest,
    most: number | null,
    way: Way,
  ): Promise<UnlockRequest> {
    const held = await holdsCode(tx, request);
    const attemptsLeft = request.attemptsLeft ?? (await readLock(tx, request.deviceImei14)).attemptsLeft ?? most;
    const doing = { method: 'CODE', stage: held ? null : 'AWAITING_CODE', attemptsLeft } as const;
    const begun = await this.start(tx, by, request, doing, way);
    return held ? this.offer(tx, by, begun) : begun;
  }

  private start(
    tx: EntityManager,
    by: Doer,
    request: UnlockRequest,
    { method, stage, attemptsLeft = null }: Doing,
    { act, reason }: Way,
  ): Promise<UnlockRequest> {
    const answer = stage === 'OEM_SUBMITTED' || stage === 'OTA_PUSHED' ? responded(stage) : {};
    return moveRequest(tx, by, request, act, {
      also: { method, stage, attemptsLeft, ...answer },
      ...{ details: { method, stage }, ...(reason === undefined ? {} : { reason }) },
    });
  }
}

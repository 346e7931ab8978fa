import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import type { Call } from './caller.js';
import { isConnectionLost, sqlState } from './database-trouble.js';
import { forgetRefusal, keepAnswer, keepRefusal, claimKey } from './idempotency.js';
import { Problem } from './problem.js';
import { StillRunning } from './problems.js';

/** Serialization failure, deadlock, lock time-out, a primary that has become a standby. */
const WORTH_RETRYING = new Set(['40001', '40P01', '55P03', '25006']);
const TRIES = 3;

/** Opens the transaction of an act: the only place where one is opened, retried and answered once. */
@Injectable()
export class Acts {
  constructor(private readonly db: DataSource) {}

  /** Runs `work` in one transaction, all of it again when the database asks for that. */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    // A connection lost while COMMIT was on its way leaves open whether it came: that is for the caller to find out.
    let atWork = false;
    const once = async (tx: EntityManager): Promise<T> => {
      atWork = true;
      const done = await work(tx);
      atWork = false;
      return done;
    };
    return this.retried(
      () => this.db.transaction(once),
      (error) => {
        const undone = atWork && isConnectionLost(error);
        atWork = false;
        return undone;
      },
    );
  }

  /**
   * Runs an act once for its idempotency key: the key, the effect and the answer commit together.
   * A repeated call is given the stored answer; so is a repeated refusal, unless it is one that passes.
   * @throws KeyReused, StillRunning, and whatever the act refuses.
   */
  async once<T>(call: Call, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const outcome = await this.transaction(async (tx) => {
      const stored = await claimKey<T>(tx, call);
      if (stored) return stored;
      try {
        const answer = await work(tx);
        await keepAnswer(tx, call, answer);
        return { answer };
      } catch (refused) {
        if (!(refused instanceof Problem) || passes(refused)) throw refused;
        await forgetRefusal(tx);
        await keepRefusal(tx, call, refused);
        return { refused };
      }
    });
    if ('refused' in outcome) throw outcome.refused;
    return outcome.answer;
  }

  /** Whether the idempotency key was used before, whatever for. */
  async isKnown({ actor, key }: Call): Promise<boolean> {
    const found: unknown[] = await this.db.query('select 1 from idempotency_key where principal = $1 and key = $2', [
      actor,
      key,
    ]);
    return found.length > 0;
  }

  /** Runs one statement or transaction again when it lost against another one. */
  async retried<T>(attempt: () => Promise<T>, isUndone: (error: unknown) => boolean = () => false): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt();
      } catch (error) {
        const worthIt = isUndone(error) || WORTH_RETRYING.has(sqlState(error) ?? '');
        if (tried === TRIES || !worthIt) throw error;
        await pause(10 + Math.random() * 40 * tried);
      }
    }
  }
}

/** Refusals of the moment: whoever asks again with the same key shall have the act, not be refused for two days. */
const passes = (refused: Problem): boolean =>
  refused instanceof StillRunning || refused.status === 429 || refused.status >= 500;

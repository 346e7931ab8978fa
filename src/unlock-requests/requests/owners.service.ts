import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call, Doer } from '../../platform/caller.js';
import { Fulfilment } from '../fulfilment/fulfilment.js';
import { WrongState } from '../../platform/problems.js';
import { moveRequest } from './moves.js';
import { findRequest, lockRequest } from './own-requests.js';
import type { ReportUnlockDto } from './unlock-request.dto.js';
import type { UnlockRequest } from './unlock-request.entity.js';
import { isLive } from './unlock-request.lifecycle.js';
import type { UnlockRequestView } from './unlock-request.view.js';
import { AppealTooLate } from './unlock-requests.errors.js';
import { APPEAL_DAYS, readRequest } from './unlock-requests.query.js';

const DAY_MS = 86_400_000;

/** What whoever asked may do with a request later on. */
@Injectable()
export class UnlockOwners {
  constructor(
    private readonly acts: Acts,
    private readonly fulfilment: Fulfilment,
  ) {}

  /** Asks a person to look at a denial; once, within thirty days. @throws NotFound, AppealTooLate, WrongState, DuplicateUnlockRequest */
  appeal(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      await findRequest(tx, id, call.caller);
      await this.appealed(tx, call, id, reason);
      return readRequest(tx, id, call.caller);
    });
  }

  /** Says whether the handset took the unlock, and how many tries it has left. @throws NotFound, WrongState */
  report(call: Call, id: string, report: ReportUnlockDto): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      await findRequest(tx, id, call.caller);
      await this.reported(tx, call, id, report);
      return readRequest(tx, id, call.caller);
    });
  }

  /** Notes what the customer reads off the handset before anything is tried. @throws NotFound, WrongState */
  noteAttempts(call: Call, id: string, attemptsLeft: number): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      await findRequest(tx, id, call.caller);
      await this.attemptsNoted(tx, id, attemptsLeft);
      return readRequest(tx, id, call.caller);
    });
  }

  /** The same as steps, for whoever has shown otherwise that the request is theirs. */
  async appealed(tx: EntityManager, by: Doer, id: string, reason: string): Promise<void> {
    const request = await lockRequest(tx, id);
    if (request.status === 'DENIED') needAppealable(request);
    await moveRequest(tx, by, request, 'appeal', { also: { appealedAt: () => 'now()' }, reason });
  }

  async reported(tx: EntityManager, by: Doer, id: string, { outcome, attemptsLeft }: ReportUnlockDto): Promise<void> {
    const request = await lockRequest(tx, id);
    if (outcome === 'WORKED') await this.fulfilment.complete(tx, by, request, `request ${request.number}`);
    else await this.fulfilment.codeFailed(tx, by, request, attemptsLeft);
  }

  async attemptsNoted(tx: EntityManager, id: string, attemptsLeft: number): Promise<void> {
    // Kept with the request: what a stranger says of a handset must not stand against its owner.
    const { status } = await lockRequest(tx, id);
    if (!isLive(status)) throw new WrongState(`It is closed: ${status}.`, { state: status, possible: [] });
    await tx.query('update unlock_request set attempts_left = $2, version = version + 1 where id = $1', [
      id,
      attemptsLeft,
    ]);
  }
}

function needAppealable({ deniedAt, appealedAt }: UnlockRequest): void {
  const inTime = deniedAt !== null && Date.now() <= deniedAt.getTime() + APPEAL_DAYS * DAY_MS;
  if (inTime && !appealedAt) return;
  const detail = appealedAt ? 'It was appealed before.' : 'Thirty days have passed; make a new request.';
  throw new AppealTooLate(detail);
}

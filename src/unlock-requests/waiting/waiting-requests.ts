import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Doer } from '../../platform/caller.js';
import { Decisions } from '../decisions/decisions.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { Fulfilment } from '../fulfilment/fulfilment.js';
import { moveRequest } from '../requests/moves.js';
import { lockRequest } from '../requests/own-requests.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';

/** A request that waits. */
export interface WaitingRequest {
  id: string;
  imei14: string;
  lineId: string | null;
}

/** What the program itself does with requests that waited, each in a transaction of its own. */
@Injectable()
export class Waiting {
  constructor(
    private readonly acts: Acts,
    private readonly facts: FactsGatherer,
    private readonly decisions: Decisions,
    private readonly fulfilment: Fulfilment,
  ) {}

  gather = (requests: readonly WaitingRequest[]): Promise<Gathered[]> => this.facts.gather(requests);

  /** The facts may be there now; if not, it is asked again later. @throws WrongState when it was moved meanwhile */
  decideAgain(by: Doer, { id }: WaitingRequest, gathered: Gathered): Promise<UnlockRequest> {
    return this.moved(id, async (tx, request) => {
      const due = request.askAgainAt !== null && request.askAgainAt <= new Date();
      if (request.status !== 'EVALUATING' || !due) return request;
      return this.decisions.decide(tx, by, request, gathered);
    });
  }

  /** A code for the handset has come in. @throws WrongState */
  offerCode(by: Doer, { id }: WaitingRequest): Promise<UnlockRequest> {
    return this.moved(id, (tx, request) =>
      request.stage === 'AWAITING_CODE' ? this.fulfilment.offer(tx, by, request) : Promise.resolve(request),
    );
  }

  /** A handset that was listed meanwhile gets no code. @throws WrongState */
  revokeBlocked(by: Doer, { id }: WaitingRequest): Promise<UnlockRequest> {
    return this.moved(id, async (tx, request) => {
      return moveRequest(tx, by, request, 'revoke', { reason: 'Listed by a registry meanwhile', audited: true });
    });
  }

  /** Nobody said whether it worked: taken as done, and said so. @throws WrongState */
  takeAsDone(by: Doer, { id }: WaitingRequest): Promise<UnlockRequest> {
    return this.moved(id, (tx, request) =>
      moveRequest(tx, by, request, 'takeAsDone', { reason: 'Not heard of for 14 days' }),
    );
  }

  /** The papers asked for never came. @throws WrongState */
  closeSilent(by: Doer, { id }: WaitingRequest): Promise<UnlockRequest> {
    return this.moved(id, (tx, request) => moveRequest(tx, by, request, 'closeSilent', { also: { pausedAt: null } }));
  }

  /** What papers show goes when their time is over; that they were there stays. */
  async eraseOldPapers(): Promise<void> {
    await this.acts.transaction((tx) =>
      tx.query(
        `update unlock_document set content_sealed = null where id in (
           select id from unlock_document where content_sealed is not null and content_until < now() limit 200
           for update skip locked)`,
      ),
    );
  }

  private moved(id: string, go: (tx: EntityManager, request: UnlockRequest) => Promise<UnlockRequest>) {
    return this.acts.transaction(async (tx) => go(tx, await lockRequest(tx, id)));
  }
}

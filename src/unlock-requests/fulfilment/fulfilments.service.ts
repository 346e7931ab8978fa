import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { possibleActs } from '../../platform/lifecycle.js';
import { WrongState } from '../../platform/problems.js';
import { FactsGatherer } from '../decisions/facts-gatherer.js';
import { needUnblocked } from '../decisions/reviews.service.js';
import { Fulfilment } from './fulfilment.js';
import { moveRequest } from '../requests/moves.js';
import { findRequest, lockRequest } from '../requests/own-requests.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import { UNLOCK_ACTS } from '../requests/unlock-request.lifecycle.js';
import type { UnlockRequestView } from '../requests/unlock-request.view.js';
import { readRequest } from '../requests/unlock-requests.query.js';

/** What the back office says of an unlock that somebody else carries out: the maker, or the network. */
@Injectable()
export class Fulfilments {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly facts: FactsGatherer,
    private readonly fulfilment: Fulfilment,
  ) {}

  /** The maker or the network has confirmed the unlock. @throws NotFound, WrongState */
  complete(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      if (request.stage !== 'OTA_PUSHED' && request.stage !== 'OEM_SUBMITTED') throw nothingPushed(request);
      await this.fulfilment.complete(tx, call, request, `request ${request.number}`);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-request', subjectId: id, act: 'confirmUnlock', reason },
        ...{ locationId: request.locationId, details: { stage: request.stage } },
      });
      return readRequest(tx, id, call.caller);
    });
  }

  /** It cannot be done, or was refused. @throws NotFound, Stale, WrongState */
  fail(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      await moveRequest(tx, call, await lockRequest(tx, id, call.caller), 'failFulfilment', {
        ...{ also: { stage: null }, reason, ...ifMatch(call) },
      });
      return readRequest(tx, id, call.caller);
    });
  }

  /** Tries once more, as the recipe says now. The lists are asked first. @throws NotFound, WrongState, HandsetBlocked */
  async retry(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    const { imei14, lineId } = await findRequest(this.db.manager, id, call.caller);
    const [gathered] = await this.facts.gather([{ imei14, lineId }]);
    return this.acts.once(call, async (tx) => {
      needUnblocked(gathered!);
      const request = await lockRequest(tx, id, call.caller);
      await this.fulfilment.begin(tx, call, request, gathered!.handset, { act: 'retry', reason });
      return readRequest(tx, id, call.caller);
    });
  }

  /** A person is to look at what failed. @throws NotFound, Stale, WrongState */
  review(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      // A request that is being decided goes there by its facts, not by hand.
      if (request.status !== 'FULFILMENT_FAILED') throw cannot('review', request);
      await moveRequest(tx, call, request, 'review', { reason, ...ifMatch(call) });
      return readRequest(tx, id, call.caller);
    });
  }
}

const cannot = (act: string, { status }: UnlockRequest) =>
  new WrongState(`Cannot ${act}: it is ${status}.`, { state: status, possible: possibleActs(UNLOCK_ACTS, status) });

const nothingPushed = (request: UnlockRequest) =>
  request.status === 'FULFILLING'
    ? new WrongState('It waits for a code: whoever asked says whether it worked.', {
        state: 'FULFILLING',
        possible: [],
      })
    : cannot('complete', request);

const ifMatch = ({ ifMatch: version }: Call) => (version === undefined ? {} : { ifMatch: version });

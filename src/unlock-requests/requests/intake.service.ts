import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { mayAsk } from './asking.js';
import { askedImei } from './asked-imei.js';
import { moveRequest } from './moves.js';
import { newRequest } from './new-request.js';
import { lockRequest } from './own-requests.js';
import { TakingIn } from './taking-in.js';
import type { RequestUnlockDto } from './unlock-request.dto.js';
import type { UnlockRequestView } from './unlock-request.view.js';
import { readRequest } from './unlock-requests.query.js';

/** Asking for an unlock by somebody who is known. */
@Injectable()
export class UnlockIntake {
  constructor(
    private readonly acts: Acts,
    private readonly takingIn: TakingIn,
  ) {}

  /**
   * Takes a request and decides it at once, in one transaction.
   * @throws InvalidInput, NotFound, TooManyRequests, DuplicateUnlockRequest
   */
  async request(call: Call, form: RequestUnlockDto): Promise<UnlockRequestView> {
    const prepared = await this.takingIn.prepare(call, { ...form, imei14: askedImei(form.identifier) });
    return this.acts.once(call, async (tx) => {
      await mayAsk(tx, call.caller, prepared.gathered, form.lineId);
      const { id } = await this.takingIn.take(tx, call, prepared, newRequest(call, form));
      return readRequest(tx, id, call.caller);
    });
  }

  /** The customer no longer wants it. @throws NotFound, Stale, WrongState */
  cancel(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      const ifMatch = call.ifMatch === undefined ? {} : { ifMatch: call.ifMatch };
      await moveRequest(tx, call, request, 'cancel', { reason, ...ifMatch });
      return readRequest(tx, id, call.caller);
    });
  }
}

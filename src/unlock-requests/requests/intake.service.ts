import { Injectable } from '@nestjs/common';
import { actingAt } from '../../access/own-store.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { Decisions } from '../decisions/decisions.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { disclosureTo, mayAsk } from './asking.js';
import { askedImei } from './asked-imei.js';
import { moveRequest } from './moves.js';
import { lockRequest } from './own-requests.js';
import { receiveRequest, type NewRequest } from './receiving.js';
import type { AskUnlockDto, RequestUnlockDto } from './unlock-request.dto.js';
import type { UnlockRequestView } from './unlock-request.view.js';
import { readRequest } from './unlock-requests.query.js';
import { channelOf } from './channel.js';
import { UnlockContacts } from './contacts.js';

/** Asking for an unlock by somebody who is known. */
@Injectable()
export class UnlockIntake {
  constructor(
    private readonly acts: Acts,
    private readonly facts: FactsGatherer,
    private readonly decisions: Decisions,
    private readonly contacts: UnlockContacts,
  ) {}

  /**
   * Takes a request and decides it at once, in one transaction.
   * @throws InvalidInput, DuplicateUnlockRequest
   */
  async request(call: Call, form: RequestUnlockDto): Promise<UnlockRequestView> {
    const gathered = await this.gathered(form);
    const contact = form.email === undefined ? undefined : await this.contacts.sealed(form.email);
    return this.acts.once(call, async (tx) => {
      await mayAsk(tx, call.caller, gathered, form.lineId);
      const disclosure = await disclosureTo(tx, call.caller, gathered);
      const asked = { ...newRequest(call, form), disclosure, contact };
      const received = await receiveRequest(tx, call, gathered, asked);
      await this.decisions.decide(tx, call, received, gathered);
      return readRequest(tx, received.id, call.caller);
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

  private async gathered({ identifier, lineId }: AskUnlockDto): Promise<Gathered> {
    const [gathered] = await this.facts.gather([{ imei14: askedImei(identifier), lineId: lineId ?? null }]);
    return gathered!;
  }
}

function newRequest(call: Call, form: RequestUnlockDto): Omit<NewRequest, 'disclosure'> {
  const { caller } = call;
  const store = caller.storeId === undefined ? null : actingAt(caller, undefined);
  return {
    ...{ kind: 'OUTBOUND', scope: form.scope ?? 'PERMANENT', channel: channelOf(caller, form.channel) },
    ...{
      language: form.language ?? 'en',
      locationId: store,
      subject: caller.role === 'CUSTOMER' ? caller.subject : null,
    },
    ...{ alternative: form.alternative ?? null, exemption: form.exemption ?? null },
  };
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { Caps } from '../caps/caps.service.js';
import { Decisions } from '../decisions/decisions.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { disclosureTo } from './asking.js';
import { type SealedContact, UnlockContacts } from './contacts.js';
import { type NewRequest, receiveRequest } from './receiving.js';
import type { UnlockRequest } from './unlock-request.entity.js';

/** What is wanted of a request before there is one. */
export interface Wanted {
  imei14: string;
  lineId?: string | undefined;
  email?: string | undefined;
}

/** A request that is ready to be taken in: counted, its facts gathered, its contact sealed. */
export interface Prepared {
  gathered: Gathered;
  contact: SealedContact | undefined;
  /** Whether somebody asks so often that a person looks before anything is unlocked. */
  watched: boolean;
}

/** What all who ask have in common, whether for themselves, at a till, or with a handset from elsewhere. */
@Injectable()
export class TakingIn {
  constructor(
    private readonly caps: Caps,
    private readonly facts: FactsGatherer,
    private readonly contacts: UnlockContacts,
    private readonly decisions: Decisions,
  ) {}

  /** Everything that must not wait within a transaction. @throws TooManyRequests */
  async prepare(call: Call, { imei14, lineId, email }: Wanted): Promise<Prepared> {
    const { subject, storeId } = call.caller;
    const keys = { AGENT: subject, IMEI: imei14, ...(storeId === undefined ? {} : { STORE: storeId }) };
    const { watched } = await this.caps.spendFor(call, keys, 'ASK');
    const [gathered] = await this.facts.gather([{ imei14, lineId: lineId ?? null }]);
    const contact = email === undefined ? undefined : await this.contacts.sealed(email);
    return { gathered: gathered!, contact, watched };
  }

  /** Takes it in and decides it. @throws DuplicateUnlockRequest */
  async take(
    tx: EntityManager,
    call: Call,
    { gathered, contact, watched }: Prepared,
    asked: Omit<NewRequest, 'disclosure' | 'contact'>,
  ): Promise<UnlockRequest> {
    const disclosure = await disclosureTo(tx, call.caller, gathered);
    const received = await receiveRequest(tx, call, gathered, { ...asked, disclosure, contact });
    return this.decide(tx, call, received, { gathered, watched });
  }

  decide(
    tx: EntityManager,
    call: Call,
    received: UnlockRequest,
    { gathered, watched }: Omit<Prepared, 'contact'>,
  ): Promise<UnlockRequest> {
    return this.decisions.decide(tx, call, received, gathered, { watched });
  }
}

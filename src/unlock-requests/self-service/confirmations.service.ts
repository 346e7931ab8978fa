import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import type { Gathered } from '../decisions/facts-gatherer.js';
import { lockRequest } from '../requests/own-requests.js';
import { moveRequest } from '../requests/moves.js';
import { clocksFrom } from '../requests/receiving.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import type { Disclosure } from '../requests/unlock-request.lifecycle.js';
import { TakingIn } from '../requests/taking-in.js';
import { Door } from './door.js';
import { tokenHash } from './proofs.js';
import { ConfirmationExpired, ConfirmationUsed } from './self-service.errors.js';
import { readStatus } from './status.query.js';
import type { ConfirmedUnlockView } from './status.view.js';

/** A stranger shows that the address is theirs: from then on it is a request like any other. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly acts: Acts,
    private readonly takingIn: TakingIn,
    private readonly door: Door,
  ) {}

  /**
   * Confirms a request and decides it, in one transaction. Facts are gathered before it.
   * @throws NotFound, TooManyRequests, ConfirmationUsed, ConfirmationExpired, DuplicateUnlockRequest
   */
  async confirm(call: Call, token: string): Promise<ConfirmedUnlockView> {
    const found = await this.door.byLink(call.caller, token);
    const { id, number } = found;
    // Asked for again under the same key, it is answered again whatever has become of the request.
    if (!(await this.acts.isKnown(call))) needOpen(found);
    const prepared = await this.takingIn.prepare(call, { imei14: found.imei14 });
    const accessToken = this.door.accessToken(id, token);
    const status = await this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id);
      needOpen(request);
      const received = await receive(tx, call, request, prepared.gathered, tokenHash(accessToken));
      await this.takingIn.decide(tx, call, received, prepared);
      return readStatus(tx, id);
    });
    return { number, accessToken, status };
  }
}

/** @throws ConfirmationUsed, ConfirmationExpired */
function needOpen({ status, confirmBy }: UnlockRequest): void {
  if (status === 'EXPIRED') throw new ConfirmationExpired('Too much time has passed, or you have asked anew since.');
  if (status !== 'PENDING_CONFIRMATION') {
    throw new ConfirmationUsed('The request was confirmed before; have a new link sent to open it.');
  }
  // Whether or not anything has swept it yet.
  if (confirmBy!.getTime() <= Date.now()) throw new ConfirmationExpired('Too much time has passed; ask anew.');
}

/** @throws DuplicateUnlockRequest by the constraint that lets a handset have one live request; it stays unconfirmed then */
async function receive(
  tx: EntityManager,
  call: Call,
  request: UnlockRequest,
  gathered: Gathered,
  accessHash: Buffer,
): Promise<UnlockRequest> {
  const receivedAt = new Date();
  return moveRequest(tx, call, request, 'confirm', {
    also: {
      ...{ receivedAt, accessHash, deviceImei14: gathered.handset.deviceImei14 },
      ...(await clocksFrom(tx, gathered, receivedAt)),
      disclosure: await disclosureOf(tx, request, gathered),
    },
  });
}

/** Whoever has the address that billing knows for the account is its own. */
async function disclosureOf(
  tx: EntityManager,
  { contactHash }: UnlockRequest,
  { identifiers: [{ billing }] }: Gathered,
): Promise<Disclosure> {
  if (!billing.line) return 'HOLDER';
  const own: unknown[] = await tx.query('select 1 from billing_account where id = $1 and contact_index = $2', [
    billing.line.accountId,
    contactHash,
  ]);
  return own.length ? 'OWNER' : 'HOLDER';
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { InvalidInput } from '../../platform/problems.js';
import { OWNER_DIRECTION } from '../decisions/brought-judgement.js';
import type { Gathered } from '../decisions/facts-gatherer.js';
import { recipeFor } from '../fulfilment/recipes.js';
import { askedImei } from '../requests/asked-imei.js';
import { newRequest } from '../requests/new-request.js';
import { TakingIn } from '../requests/taking-in.js';
import type { UnlockRequestView } from '../requests/unlock-request.view.js';
import { readRequest } from '../requests/unlock-requests.query.js';
import type { RequestBroughtHandsetDto } from './brought-handset.dto.js';
import { isOwn } from './brought-handsets.service.js';

/** Taking on a handset that a customer brings from elsewhere. */
@Injectable()
export class BroughtIntake {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly takingIn: TakingIn,
  ) {}

  /**
   * Takes a request and decides it at once. For a handset that we sold it is an ordinary request, under our policy.
   * @throws InvalidInput, TooManyRequests, DuplicateUnlockRequest
   */
  async request(call: Call, form: RequestBroughtHandsetDto): Promise<UnlockRequestView> {
    const { email, way, identifier } = form;
    const prepared = await this.takingIn.prepare(call, { email, imei14: askedImei(identifier) });
    const inbound = !isOwn(prepared.gathered);
    if (inbound && way === 'AGENT') await this.needCode(prepared.gathered);
    const brought = inbound ? { kind: 'INBOUND' as const, exemption: way === 'AGENT' ? OWNER_DIRECTION : null } : {};
    return this.acts.once(call, async (tx) => {
      const asked = { ...newRequest(call, form), ...readOff(form), ...brought };
      const { id } = await this.takingIn.take(tx, call, prepared, asked);
      return readRequest(tx, id, call.caller);
    });
  }

  /** Only a lock that takes a code can be opened by anybody but the one who shut it. */
  private async needCode({ handset }: Gathered): Promise<void> {
    if ((await recipeFor(this.db, handset)).method === 'CODE') return;
    const detail = 'No code opens this handset: only the carrier that locked it can have it released.';
    throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/way', code: 'NO_CODE_FOR_IT', detail }]);
  }
}

const readOff = ({ lock, attemptsLeft, lockedTo }: RequestBroughtHandsetDto) => ({
  lockRead: lock === 'NOT_READ' ? null : lock,
  ...{ attemptsLeft: attemptsLeft ?? null, lockedTo: lockedTo ?? null },
});

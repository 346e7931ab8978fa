import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { stale } from '../../platform/lifecycle.js';
import { WrongState } from '../../platform/problems.js';
import { responded } from '../requests/moves.js';
import { lockRequest } from '../requests/own-requests.js';
import { UnlockRequest } from '../requests/unlock-request.entity.js';
import { isLive } from '../requests/unlock-request.lifecycle.js';
import type { UnlockRequestView } from '../requests/unlock-request.view.js';
import { NoMoreExtensions } from '../requests/unlock-requests.errors.js';
import { readRequest } from '../requests/unlock-requests.query.js';
import { laterBy } from './business-days.js';
import { calendarOfRequest } from './calendars.js';
import type { ExtendUnlockDto } from './extensions.dto.js';

const MOST_EXTENSIONS = 2;

/** More time, where it is reasonably needed and the customer is told why. */
@Injectable()
export class UnlockExtensions {
  constructor(private readonly acts: Acts) {}

  /** @throws NotFound, Stale, WrongState, NoMoreExtensions */
  extend(call: Call, id: string, { businessDays, reason }: ExtendUnlockDto): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      needExtensible(request, call);
      const resolveBy = laterBy(await calendarOfRequest(tx, request), request.resolveBy!, businessDays);
      await tx.update(
        UnlockRequest,
        { id },
        {
          ...{ resolveBy, extensions: request.extensions + 1, version: () => 'version + 1' },
          ...responded('EXTENDED'),
        },
      );
      await tellExtension(tx, call, request, { businessDays, reason, resolveBy });
      return readRequest(tx, id);
    });
  }
}

/** @throws Stale, WrongState, NoMoreExtensions */
function needExtensible({ status, version, extensions }: UnlockRequest, { ifMatch }: Call): void {
  if (ifMatch !== undefined && ifMatch !== version) throw stale(version);
  if (!isLive(status)) throw new WrongState(`Cannot extend: it is ${status}.`, { state: status, possible: [] });
  if (extensions >= MOST_EXTENSIONS) {
    throw new NoMoreExtensions(`More time was asked for ${extensions} times: settle it now.`, { extensions });
  }
}

async function tellExtension(
  tx: EntityManager,
  call: Call,
  { id, number, status, locationId, extensions, resolveBy: before }: UnlockRequest,
  { businessDays, reason, resolveBy }: ExtendUnlockDto & { resolveBy: Date },
): Promise<void> {
  await publish(tx, call, {
    ...{ type: 'unlock-request.extended', aggregateKind: 'unlock-request', aggregateId: id, locationId },
    payload: { number, businessDays, resolveBy, extensions: extensions + 1 },
  });
  await recordAct(tx, call, {
    ...{ subjectKind: 'unlock-request', subjectId: id, act: 'extend', from: status, to: status, reason, locationId },
    details: { businessDays, before, resolveBy },
  });
}

import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { newId } from '../../values/id.js';
import { newShortNumber } from '../../values/short-number.js';
import { dueAt } from '../clock/business-days.js';
import { calendarOf, DEFAULT_CALENDAR } from '../clock/calendars.js';
import type { Gathered } from '../decisions/facts-gatherer.js';
import type { SealedContact } from './contacts.js';
import { UnlockRequest } from './unlock-request.entity.js';

export type NewRequest = Pick<
  UnlockRequest,
  'kind' | 'scope' | 'channel' | 'language' | 'locationId' | 'subject' | 'alternative' | 'exemption' | 'disclosure'
> &
  Partial<Pick<UnlockRequest, 'entitlementId' | 'lockRead' | 'lockedTo' | 'attemptsLeft'>> & {
    contact?: SealedContact | undefined;
  };

const DEFAULTS = { calendar: DEFAULT_CALENDAR, responseBusinessDays: 2, resolutionBusinessDays: 10 };

/**
 * A request of somebody known: its clocks start at once.
 * @throws DuplicateUnlockRequest by the constraint that lets a handset have one live request
 */
export async function receiveRequest(
  tx: EntityManager,
  by: Doer,
  gathered: Gathered,
  { contact, ...asked }: NewRequest,
): Promise<UnlockRequest> {
  const id = newId();
  const receivedAt = new Date();
  const { handset } = gathered;
  await tx.insert(UnlockRequest, {
    ...{ id, number: newShortNumber(), status: 'RECEIVED', madeBy: by.actor, ...asked },
    ...{ imei14: handset.imei14, deviceImei14: handset.deviceImei14 },
    ...(contact ? { contactSealed: contact.sealed, contactHash: contact.hash } : {}),
    ...{ submittedAt: receivedAt, receivedAt, ...(await clocksFrom(tx, gathered, receivedAt)) },
  });
  await recordAct(tx, by, {
    ...{ subjectKind: 'unlock-request', subjectId: id, act: 'request', to: 'RECEIVED', locationId: asked.locationId },
    details: { kind: asked.kind, scope: asked.scope, channel: asked.channel },
  });
  return tx.findOneByOrFail(UnlockRequest, { id });
}

/** When the answer and the settlement are due, and by which calendar that was counted. */
export async function clocksFrom(tx: EntityManager, { policy }: Pick<Gathered, 'policy'>, receivedAt: Date) {
  const { responseBusinessDays, resolutionBusinessDays } = policy?.content ?? DEFAULTS;
  const calendar = await calendarOf(tx, policy?.calendar ?? DEFAULTS.calendar);
  return {
    ...{ calendar: calendar.code, calendarVersion: calendar.version },
    respondBy: dueAt(calendar, receivedAt, responseBusinessDays),
    resolveBy: dueAt(calendar, receivedAt, resolutionBusinessDays),
  };
}

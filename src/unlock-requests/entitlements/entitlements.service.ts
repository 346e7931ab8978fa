import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { perform } from '../../platform/lifecycle.js';
import { InvalidInput } from '../../platform/problems.js';
import { addDays } from '../../values/day.js';
import { newId } from '../../values/id.js';
import { UnlockEntitlement } from './entitlement.entity.js';
import { ENTITLEMENT_ACTS, RECERTIFY_DAYS } from './entitlement.lifecycle.js';
import type { ProposeEntitlementDto } from './entitlements.dto.js';
import { lockEntitlement, readEntitlement } from './entitlements.query.js';
import type { EntitlementView } from './entitlements.view.js';
import { businessToday } from './in-force.js';

type EntitlementAct = keyof typeof ENTITLEMENT_ACTS;
const SUBJECT = 'unlock-entitlement';

/** The acts on entitlements: proposed by one person, approved by another, looked at anew every ninety days. */
@Injectable()
export class Entitlements {
  constructor(private readonly acts: Acts) {}

  /** @throws InvalidInput, EntitlementCodeTaken */
  propose(call: Call, form: ProposeEntitlementDto): Promise<EntitlementView> {
    const { lots = [], accountIds = [] } = form;
    if (!lots.length && !accountIds.length) throw fault('lots', 'REQUIRED', 'Name a lot or an account.');
    return this.acts.once(call, async (tx) => {
      if (form.endsOn < (await businessToday(tx))) throw fault('endsOn', 'IN_THE_PAST', 'That day is over.');
      const { code, kind, owner, ownerSubject, unlockLimit, endsOn } = form;
      const id = newId();
      await tx.insert(UnlockEntitlement, {
        ...{ id, code, kind, owner, ownerSubject, lots, accountIds, unlockLimit, endsOn },
        ...{ status: 'PROPOSED', authoredBy: call.actor },
      });
      await tell(tx, call, id, 'proposed', { code });
      await recordAct(tx, call, {
        ...{ subjectKind: SUBJECT, subjectId: id, act: 'propose', to: 'PROPOSED' },
        details: { code, kind, lots, accountIds, unlockLimit, endsOn },
      });
      return readEntitlement(tx, id);
    });
  }

  /** @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  approve(call: Call, id: string): Promise<EntitlementView> {
    return this.move(call, id, 'approve', async (tx, { authoredBy }) => {
      needSecondPerson(call, [authoredBy]);
      return { approvedBy: call.actor, recertifyBy: await nextLook(tx) };
    });
  }

  /** Somebody new has looked at it. @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  recertify(call: Call, id: string): Promise<EntitlementView> {
    return this.move(call, id, 'recertify', async (tx, { authoredBy, recertifiedBy }) => {
      needSecondPerson(call, [authoredBy, ...(recertifiedBy === null ? [] : [recertifiedBy])]);
      return { recertifiedBy: call.actor, recertifyBy: await nextLook(tx) };
    });
  }

  /** @throws NotFound, Stale, WrongState */
  suspend(call: Call, id: string, reason: string): Promise<EntitlementView> {
    return this.move(call, id, 'suspend', () => ({}), reason);
  }

  /** @throws NotFound, Stale, WrongState */
  end(call: Call, id: string, reason: string): Promise<EntitlementView> {
    return this.move(call, id, 'end', () => ({}), reason);
  }

  private move(
    call: Call,
    id: string,
    act: EntitlementAct,
    also: (tx: EntityManager, before: EntitlementView) => object | Promise<object>,
    reason?: string,
  ): Promise<EntitlementView> {
    return this.acts.once(call, async (tx) => {
      const before = await lockEntitlement(tx, id);
      const possible = before.possibleActs.includes(act);
      await perform(tx, UnlockEntitlement, {
        ...{ acts: ENTITLEMENT_ACTS, act, id, also: possible ? { ...(await also(tx, before)) } : {} },
        ...(call.ifMatch === undefined ? {} : { ifMatch: call.ifMatch }),
      });
      const after = await readEntitlement(tx, id);
      await tell(tx, call, id, after.status.toLowerCase(), { code: after.code, recertifyBy: after.recertifyBy });
      await recordAudited(tx, call, {
        ...{ subjectKind: SUBJECT, subjectId: id, act, from: before.status, to: after.status },
        ...(reason === undefined ? {} : { reason }),
        details: { authoredBy: after.authoredBy, recertifyBy: after.recertifyBy },
      });
      return after;
    });
  }
}

/** Ninety days from now, whenever the last look was. */
const nextLook = async (tx: EntityManager): Promise<string> => addDays(await businessToday(tx), RECERTIFY_DAYS);

const tell = (tx: EntityManager, call: Call, id: string, what: string, payload: Record<string, unknown>) =>
  publish(tx, call, { type: `unlock-entitlement.${what}`, aggregateKind: SUBJECT, aggregateId: id, payload });

const fault = (field: string, code: string, detail: string): InvalidInput =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer: `/${field}`, code, detail }]);

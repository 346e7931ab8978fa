import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { worstOf } from '../../block-lists/registry-answer.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { Fulfilment } from '../fulfilment/fulfilment.js';
import { moveRequest, responded } from '../requests/moves.js';
import { findRequest, lockRequest } from '../requests/own-requests.js';
import type { UnlockRequestView } from '../requests/unlock-request.view.js';
import { ApprovalNotProposed, HandsetBlocked } from '../requests/unlock-requests.errors.js';
import { readRequest } from '../requests/unlock-requests.query.js';
import { grant } from './decisions.js';
import { FactsGatherer, type Gathered } from './facts-gatherer.js';
import type { AskDocumentsDto, DenyUnlockDto } from './reviews.dto.js';

/** What people of the back office decide. Against the rules it takes two of them. */
@Injectable()
export class Reviews {
  constructor(
    private readonly acts: Acts,
    private readonly facts: FactsGatherer,
    private readonly fulfilment: Fulfilment,
  ) {}

  /** One person says why it should be unlocked though a rule is not met. @throws NotFound, WrongState, ApprovalProposed */
  propose(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      if (request.status !== 'UNDER_REVIEW') throw notUnderReview(request.status);
      await tx.query(
        'insert into unlock_override (id, request_id, failing, reason, proposed_by) values ($1, $2, $3, $4, $5)',
        [newId(), id, request.reasons, reason, call.actor],
      );
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-request', subjectId: id, act: 'proposeApproval', reason },
        details: { failing: request.reasons },
      });
      return readRequest(tx, id);
    });
  }

  /**
   * Another person agrees, with the failing rules in view. The lists are asked once more: a handset that is blocked
   * meanwhile is not unlocked by anybody.
   * @throws NotFound, Stale, WrongState, ApprovalNotProposed, SecondPersonNeeded, HandsetBlocked
   */
  async approve(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    const gathered = await this.gatheredFor(call, id);
    return this.acts.once(call, async (tx) => {
      needUnblocked(gathered);
      const request = await lockRequest(tx, id, call.caller);
      const proposal = await decideProposal(tx, call, id, 'APPROVED', reason);
      const approved = await moveRequest(tx, call, request, 'approve', {
        ...{ also: { reasons: [] }, reason, ...ifMatch(call) },
      });
      await grant(tx, approved, gathered);
      await this.fulfilment.begin(tx, call, approved, gathered.handset);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-request', subjectId: id, act: 'overrideRules', reason },
        details: { failing: proposal.failing, proposedBy: proposal.proposed_by },
      });
      return readRequest(tx, id);
    });
  }

  /** @throws NotFound, Stale, WrongState */
  deny(call: Call, id: string, { reasons, note }: DenyUnlockDto): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      await refuseOpenProposal(tx, call, id, note);
      await moveRequest(tx, call, request, 'deny', {
        also: { reasons, deniedAt: () => 'now()', ...responded('DENIED') },
        ...{ reason: note, ...ifMatch(call) },
      });
      return readRequest(tx, id);
    });
  }

  /** @throws NotFound, Stale, WrongState */
  askDocuments(call: Call, id: string, { documents, note }: AskDocumentsDto): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      const until = { documentsBy: () => `now() + interval '30 days'`, pausedAt: () => 'now()' };
      await moveRequest(tx, call, request, 'askDocuments', {
        also: { ...until, ...responded('DOCUMENTS_REQUESTED') },
        ...{ reason: note, details: { documents }, ...ifMatch(call) },
      });
      return readRequest(tx, id);
    });
  }

  /** Takes an approval back: fraud, or a block list, before the handset was unlocked. @throws NotFound, Stale, WrongState */
  revoke(call: Call, id: string, reason: string): Promise<UnlockRequestView> {
    return this.acts.once(call, async (tx) => {
      const request = await lockRequest(tx, id, call.caller);
      await moveRequest(tx, call, request, 'revoke', { reason, audited: true, ...ifMatch(call) });
      return readRequest(tx, id);
    });
  }

  private async gatheredFor(call: Call, id: string): Promise<Gathered> {
    const { imei14, lineId } = await this.acts.transaction((tx) => findRequest(tx, id, call.caller));
    const [gathered] = await this.facts.gather([{ imei14, lineId }]);
    return gathered!;
  }
}

const notUnderReview = (state: string) =>
  new WrongState(`Cannot propose an approval: it is ${state}.`, { state, possible: [] });
const ifMatch = ({ ifMatch: version }: Call) => (version === undefined ? {} : { ifMatch: version });

/** @throws HandsetBlocked */
export function needUnblocked({ identifiers }: Pick<Gathered, 'identifiers'>): void {
  const worst = worstOf(identifiers.flatMap(({ registries }) => registries));
  if (worst === 'BLOCKED') throw new HandsetBlocked('A registry lists it now: it is not unlocked.');
}

interface Proposal {
  id: string;
  failing: string[];
  proposed_by: string;
}

async function openProposal(tx: EntityManager, id: string): Promise<Proposal | undefined> {
  const [open]: Proposal[] = await tx.query(
    'select id, failing, proposed_by from unlock_override where request_id = $1 and decision is null for update',
    [id],
  );
  return open;
}

async function decideProposal(tx: EntityManager, call: Call, id: string, decision: string, reason: string) {
  const open = await openProposal(tx, id);
  if (!open) throw new ApprovalNotProposed('One person proposes it and says why; another approves.');
  needSecondPerson(call, [open.proposed_by]);
  await close(tx, call, open.id, decision, reason);
  return open;
}

/** Whoever proposed it may also give it up: that unlocks nothing. */
async function refuseOpenProposal(tx: EntityManager, call: Call, id: string, reason: string): Promise<void> {
  const open = await openProposal(tx, id);
  if (!open) return;
  if (open.proposed_by === call.actor) await tx.query('delete from unlock_override where id = $1', [open.id]);
  else await close(tx, call, open.id, 'REFUSED', reason);
}

const close = (tx: EntityManager, call: Call, id: string, decision: string, reason: string): Promise<unknown> =>
  tx.query(
    `update unlock_override set decision = $2, decided_by = $3, decided_at = now(), decision_reason = $4 where id = $1`,
    [id, decision, call.actor, reason],
  );

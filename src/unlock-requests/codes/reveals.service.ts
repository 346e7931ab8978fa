import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needStepUp } from '../../access/step-up.js';
import { publish } from '../../events/outbox.js';
import { worstOf } from '../../block-lists/registry-answer.js';
import { Acts } from '../../platform/acts.js';
import { type Call, type Doer, system } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import { Caps } from '../caps/caps.service.js';
import { FactsGatherer } from '../decisions/facts-gatherer.js';
import { recipeFor, type Recipe } from '../fulfilment/recipes.js';
import { moveRequest } from '../requests/moves.js';
import { findRequest, lockRequest } from '../requests/own-requests.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import { HandsetBlocked } from '../requests/unlock-requests.errors.js';
import { heldCodes, type HeldCode } from './held-codes.js';
import { CodeShown } from './unlock-codes.errors.js';
import { aboutCode } from './sealed-codes.js';
import type { RevealedCodeView } from './reveal.view.js';

/** What is kept of a reveal under its idempotency key: where the code is, never the code. */
interface Shown {
  codeId: string;
  imei14: string;
  codeType: string;
  attemptsLeft: number | null;
  steps: readonly string[];
}

/** Showing a code: an act of its own, one code at a time, written into the audit before anybody sees it. */
@Injectable()
export class UnlockReveals {
  constructor(
    private readonly acts: Acts,
    private readonly vault: Vault,
    private readonly facts: FactsGatherer,
    private readonly caps: Caps,
  ) {}

  /**
   * Shows the next code of a request, once. The block lists are asked again; a handset listed meanwhile has its
   * approval taken back.
   * @throws StepUpNeeded, TooManyRequests, NotFound, WrongState, HandsetBlocked, CodeShown
   */
  async reveal(call: Call, id: string, purpose: string): Promise<RevealedCodeView> {
    needStepUp(call.caller);
    const { subject, storeId } = call.caller;
    await this.caps.spendFor(call, { AGENT: subject, ...(storeId === undefined ? {} : { STORE: storeId }) }, 'REVEAL');
    const { imei14 } = await this.acts.transaction((tx) => findRequest(tx, id, call.caller));
    return this.show(call, id, { purpose, imei14, to: call.actor });
  }

  /** The same for a customer who has shown a code sent to their address. */
  async show(
    call: Call,
    id: string,
    { purpose, imei14, to }: { purpose: string; imei14: string; to: string },
  ): Promise<RevealedCodeView> {
    await this.needClean(id, imei14, call);
    const shown = await this.acts.once(call, (tx) => reveal(tx, call, id, { purpose, to }));
    return this.opened(shown);
  }

  private async needClean(id: string, imei14: string, call: Call): Promise<void> {
    const [gathered] = await this.facts.gather([{ imei14 }]);
    if (worstOf(gathered!.identifiers.flatMap(({ registries }) => registries)) !== 'BLOCKED') return;
    await this.acts.transaction((tx) => takeBack(tx, system(call.correlationId), id));
    throw new HandsetBlocked('A registry lists it now: the approval was taken back.');
  }

  /** The code is opened only for the answer: what is stored under the idempotency key does not hold it. */
  private async opened({ codeId, imei14, codeType, attemptsLeft, steps }: Shown): Promise<RevealedCodeView> {
    const [row] = await this.acts.transaction<{ sealed: Buffer }[]>((tx) =>
      tx.query('select sealed from unlock_code where id = $1', [codeId]),
    );
    const code = await this.vault.unseal(aboutCode(imei14, codeType), row!.sealed);
    return { codeType, code: code.toString(), attemptsLeft, steps: [...steps] };
  }
}

async function reveal(
  tx: EntityManager,
  call: Call,
  id: string,
  { purpose, to }: { purpose: string; to: string },
): Promise<Shown> {
  const request = await lockRequest(tx, id);
  if (request.status !== 'ACTION_REQUIRED' || request.method !== 'CODE') {
    throw new WrongState(`There is no code to show: it is ${request.status}.`, { state: request.status, possible: [] });
  }
  const recipe = await recipeOf(tx, request);
  const code = await nextCode(tx, request, recipe);
  await tx.query(
    'insert into unlock_code_reveal (id, request_id, code_id, revealed_to, purpose) values ($1, $2, $3, $4, $5)',
    [newId(), id, code.id, to, purpose],
  );
  await tell(tx, call, request, code, purpose);
  const { attemptsLeft, language } = request;
  const steps = language === 'es' ? recipe.stepsEs : recipe.stepsEn;
  return { codeId: code.id, imei14: code.imei14, codeType: code.codeType, attemptsLeft, steps };
}

/** The next type of code that was not shown yet. @throws CodeShown */
async function nextCode(tx: EntityManager, request: UnlockRequest, { codeOrder }: Recipe): Promise<HeldCode> {
  const held = await heldCodes(tx, request, codeOrder);
  const shown: { code_id: string }[] = await tx.query('select code_id from unlock_code_reveal where request_id = $1', [
    request.id,
  ]);
  const seen = new Set(shown.map(({ code_id }) => code_id));
  const next = held.find(({ id }) => !seen.has(id));
  if (next) return next;
  throw new CodeShown('It is shown once. Say whether it worked; a store can help with what comes next.');
}

/** The brand and model of a handset, as the recipes are keyed. */
async function recipeOf(tx: EntityManager, { imei14 }: UnlockRequest): Promise<Recipe> {
  const [found]: { brand: string; model: string }[] = await tx.query(
    `select b.name as brand, m.name as model from device_variant v
     join device_model m on m.id = v.model_id join brand b on b.id = m.brand_id
     where v.id = coalesce(
       (select u.variant_id from unit_identifier i join stock_unit u on u.id = i.unit_id
        where i.kind = 'IMEI' and i.value = $1 and i.revoked_at is null),
       (select variant_id from tac_claim where tac = left($1, 8) order by confidence desc, source, variant_id limit 1))`,
    [imei14],
  );
  return recipeFor(tx, found ?? { brand: null, model: null });
}

async function tell(tx: EntityManager, call: Call, request: UnlockRequest, code: HeldCode, purpose: string) {
  await publish(tx, call, {
    ...{ type: 'unlock-code.revealed', aggregateKind: 'unlock-request', aggregateId: request.id },
    ...{ locationId: request.locationId, payload: { codeId: code.id, codeType: code.codeType } },
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'unlock-request', subjectId: request.id, act: 'revealCode', reason: purpose },
    ...{ locationId: request.locationId, details: { codeId: code.id, codeType: code.codeType } },
  });
}

async function takeBack(tx: EntityManager, by: Doer, id: string): Promise<void> {
  const request = await lockRequest(tx, id);
  if (request.status !== 'ACTION_REQUIRED') return;
  await moveRequest(tx, by, request, 'revoke', { reason: 'Listed by a registry at the reveal', audited: true });
}

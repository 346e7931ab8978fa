import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { worstOf } from '../../block-lists/registry-answer.js';
import { Background } from '../../platform/background.js';
import { type Doer, system } from '../../platform/caller.js';
import { log } from '../../platform/log.js';
import { WrongState } from '../../platform/problems.js';
import { type Gathered } from '../decisions/facts-gatherer.js';
import { Waiting, type WaitingRequest } from './waiting-requests.js';

const AT_ONCE = 100;

/**
 * Goes on with requests that waited for something: facts, a code, the customer. Any number of processes may do so: each
 * request is moved in a transaction of its own, and whoever comes second finds it moved.
 */
@Injectable()
export class WaitingWork implements OnApplicationBootstrap {
  constructor(
    private readonly db: DataSource,
    private readonly waiting: Waiting,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('unlock requests that wait', () => this.work());
  }

  private async work(): Promise<void> {
    const by = system(`unlock-${randomUUID()}`);
    await this.each(DUE_FOR_FACTS, (request, gathered) => this.waiting.decideAgain(by, request, gathered));
    await this.each(CODE_HAS_COME, (request, gathered) => this.offerCode(by, request, gathered));
    await this.each(SILENT, (request) => this.waiting.takeAsDone(by, request));
    await this.each(NO_PAPERS, (request) => this.waiting.closeSilent(by, request));
    await this.waiting.eraseOldPapers();
  }

  /** The facts of a hundred are gathered with as many statements as those of one. */
  private async each(
    due: string,
    go: (request: WaitingRequest, gathered: Gathered) => Promise<unknown>,
  ): Promise<void> {
    for (;;) {
      const requests: WaitingRequest[] = await this.db.query(due, [AT_ONCE]);
      const gathered = requests.length ? await this.waiting.gather(requests) : [];
      let moved = 0;
      for (const [at, request] of requests.entries()) moved += await outcomeOf(request, go(request, gathered[at]!));
      if (requests.length < AT_ONCE || !moved) return;
    }
  }

  private offerCode(by: Doer, request: WaitingRequest, { identifiers }: Gathered): Promise<unknown> {
    const worst = worstOf(identifiers.flatMap(({ registries }) => registries));
    if (worst === 'BLOCKED') return this.waiting.revokeBlocked(by, request);
    // Unknown is never clean: it waits for the registry.
    return worst === 'UNKNOWN' ? Promise.resolve() : this.waiting.offerCode(by, request);
  }
}

/** 1 for a request that was moved. One that fails keeps no other from going on. */
async function outcomeOf({ id }: WaitingRequest, going: Promise<unknown>): Promise<number> {
  try {
    return (await going) === undefined ? 0 : 1;
  } catch (failed) {
    // Another process, or a person, may have moved it first.
    if (failed instanceof WrongState) return 0;
    log.warn({ request: id, error: failed instanceof Error ? failed.name : 'unknown' }, 'an unlock request waits on');
    return 0;
  }
}

const SELECT = 'select r.id, r.imei14, r.line_id as "lineId" from unlock_request r';

const DUE_FOR_FACTS = `${SELECT} where r.status = 'EVALUATING' and r.ask_again_at <= now() order by r.ask_again_at limit $1`;

const CODE_HAS_COME = `${SELECT}
  where r.status = 'FULFILLING' and r.stage = 'AWAITING_CODE' and exists (
    select from unlock_code c join unlock_code_batch b on b.id = c.batch_id and b.status = 'APPROVED'
    where c.device_imei14 in (r.imei14, r.device_imei14) and c.status = 'HELD')
  order by r.respond_by limit $1`;

/** The customer has had what they need for two weeks and said nothing. */
const SILENT = `${SELECT}
  where r.status = 'ACTION_REQUIRED' and r.responded_at < now() - interval '14 days'
    and not exists (select from history h where h.subject_id = r.id and h.occurred_at > now() - interval '14 days')
  order by r.responded_at limit $1`;

const NO_PAPERS = `${SELECT} where r.status = 'AWAITING_DOCUMENTS' and r.documents_by < now()
    and not exists (select from unlock_document d where d.request_id = r.id and d.verdict = 'PENDING')
  order by r.documents_by limit $1`;

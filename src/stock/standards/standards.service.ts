import { Injectable } from '@nestjs/common';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { perform } from '../../platform/lifecycle.js';
import { newId } from '../../values/id.js';
import { BenchStandard } from './bench-standard.entity.js';
import { STANDARD_ACTS, type StandardKind } from './standard.lifecycle.js';
import { readStandard, type StandardRow } from './standard-rows.query.js';
import { StandardCodeTaken } from './standards.errors.js';
import { Standards } from './standards.js';

constraintMeans(
  'bench_standard_code_key',
  () => new StandardCodeTaken('Choose another code: it stands for one version.'),
);

const subjectOf = (kind: StandardKind): string => (kind === 'TEST_PLAN' ? 'test-plan' : 'grade-profile');

/** The acts on what handsets are held against: written by one person, put into force by another. */
@Injectable()
export class BenchStandards {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
  ) {}

  /** @throws StandardCodeTaken */
  draft<Content extends object>(
    call: Call,
    kind: StandardKind,
    { code, content }: { code: string; content: Content },
  ): Promise<StandardRow<Content>> {
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(
        `insert into bench_standard (id, kind, code, content, status, drafted_by) values ($1, $2, $3, $4, 'DRAFT', $5)`,
        [id, kind, code, JSON.stringify(content), call.actor],
      );
      await recordAct(tx, call, { subjectKind: subjectOf(kind), subjectId: id, act: 'draft', to: 'DRAFT' });
      return readStandard(tx, kind, id);
    });
  }

  /**
   * Puts a draft into force at once; what is graded by the version before has to be graded again before it is sold.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded
   */
  async publish<Content>(call: Call, kind: StandardKind, id: string): Promise<StandardRow<Content>> {
    const published = await this.acts.once(call, async (tx) => {
      const draft = await readStandard<Content>(tx, kind, id);
      if (draft.status === 'DRAFT') needSecondPerson(call, [draft.draftedBy]);
      await perform(tx, BenchStandard, {
        ...{ acts: STANDARD_ACTS, act: 'publish', id, ...ifMatch(call), within: { kind } },
        also: { publishedBy: call.actor, publishedAt: () => 'clock_timestamp()' },
      });
      const subject = subjectOf(kind);
      const details = { code: draft.code, draftedBy: draft.draftedBy };
      await publish(tx, call, {
        ...{ type: `${subject}.published`, aggregateKind: subject, aggregateId: id, payload: { code: draft.code } },
      });
      await recordAudited(tx, call, {
        ...{ subjectKind: subject, subjectId: id, act: 'publish', from: 'DRAFT', to: 'PUBLISHED', details },
      });
      return readStandard<Content>(tx, kind, id);
    });
    this.standards.forget();
    return published;
  }

  /** @throws NotFound, Stale, WrongState */
  discard<Content>(call: Call, kind: StandardKind, id: string): Promise<StandardRow<Content>> {
    return this.acts.once(call, async (tx) => {
      await perform(tx, BenchStandard, {
        ...{ acts: STANDARD_ACTS, act: 'discard', id, ...ifMatch(call), within: { kind } },
      });
      await recordAct(tx, call, { subjectKind: subjectOf(kind), subjectId: id, act: 'discard', to: 'DISCARDED' });
      return readStandard(tx, kind, id);
    });
  }
}

const ifMatch = ({ ifMatch: version }: Call) => (version === undefined ? {} : { ifMatch: version });

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { perform } from '../../platform/lifecycle.js';
import { InvalidInput } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { RuleBook } from './rule-book.js';
import { CONTENT_FIELDS } from './rule-content.js';
import { ruleFaults } from './rule-faults.js';
import type { TradeInRuleDto } from './trade-in-rule.dto.js';
import { TradeInRule } from './trade-in-rule.entity.js';
import { RULE_ACTS } from './trade-in-rule.lifecycle.js';
import type { TradeInRuleView } from './trade-in-rule.view.js';
import { TradeInRuleWindowTaken } from './trade-in-rules.errors.js';
import { readRule, ruleView } from './trade-in-rules.query.js';

constraintMeans(
  'trade_in_rule_window_excl',
  () =>
    new TradeInRuleWindowTaken('A later version is published already: this one would have to end before it begins.'),
);

/** The acts on rules: written by one person, put into force by another, never taken back. */
@Injectable()
export class TradeInRules {
  constructor(
    private readonly acts: Acts,
    private readonly book: RuleBook,
  ) {}

  /** @throws InvalidInput */
  draft(call: Call, form: TradeInRuleDto): Promise<TradeInRuleView> {
    needSense(form);
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(DRAFT, [id, call.actor, ...valuesOf(form)]);
      await recordAct(tx, call, { subjectKind: 'trade-in-rule', subjectId: id, act: 'draft', to: 'DRAFT' });
      return ruleView(await readRule(tx, id));
    });
  }

  /** Writes a draft anew; whoever does so cannot publish it. @throws InvalidInput, NotFound, Stale, WrongState */
  revise(call: Call, id: string, form: TradeInRuleDto): Promise<TradeInRuleView> {
    needSense(form);
    return this.acts.once(call, async (tx) => {
      await perform(tx, TradeInRule, { acts: RULE_ACTS, act: 'revise', id, ...ifMatch(call) });
      await tx.query(REVISE, [id, call.actor, ...valuesOf(form)]);
      await recordAct(tx, call, { subjectKind: 'trade-in-rule', subjectId: id, act: 'revise', to: 'DRAFT' });
      return ruleView(await readRule(tx, id));
    });
  }

  /** @throws NotFound, Stale, WrongState */
  discard(call: Call, id: string): Promise<TradeInRuleView> {
    return this.acts.once(call, async (tx) => {
      await perform(tx, TradeInRule, { acts: RULE_ACTS, act: 'discard', id, ...ifMatch(call) });
      await recordAct(tx, call, { subjectKind: 'trade-in-rule', subjectId: id, act: 'discard', to: 'DISCARDED' });
      return ruleView(await readRule(tx, id));
    });
  }

  /**
   * Puts a draft into force, now at the earliest; the version before it ends when it begins. Quotes and trade-ins keep
   * the version they were made under.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded, TradeInRuleWindowTaken
   */
  async publish(call: Call, id: string): Promise<TradeInRuleView> {
    const published = await this.acts.once(call, async (tx) => {
      const draft = await readRule(tx, id);
      if (draft.status === 'DRAFT') {
        needSecondPerson(call, draft.authors);
        await endTheOneBefore(tx, id);
      }
      await perform(tx, TradeInRule, {
        ...{ acts: RULE_ACTS, act: 'publish', id, ...ifMatch(call) },
        also: {
          publishedBy: call.actor,
          publishedAt: () => 'now()',
          effectiveFrom: () => 'greatest(effective_from, now())',
        },
      });
      const { kind, code, hash } = draft;
      await publish(tx, call, {
        ...{ type: 'trade-in-rule.published', aggregateKind: 'trade-in-rule', aggregateId: id },
        payload: { kind, code, hash },
      });
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in-rule', subjectId: id, act: 'publish', from: 'DRAFT', to: 'PUBLISHED' },
        details: { kind, code, hash, authors: draft.authors },
      });
      return ruleView(await readRule(tx, id));
    });
    this.book.forget();
    return published;
  }
}

const ifMatch = ({ ifMatch: version }: Call) => (version === undefined ? {} : { ifMatch: version });

function needSense(form: TradeInRuleDto): void {
  const faults = ruleFaults(form);
  if (faults.length) throw new InvalidInput('The rule makes no sense as it stands; see errors.', {}, faults);
}

/** Two publications of one rule follow each other: the row of the version in force is locked by its end being set. */
const endTheOneBefore = (tx: EntityManager, id: string): Promise<unknown> =>
  tx.query(
    `update trade_in_rule before set effective_to = greatest(draft.effective_from, now()), version = before.version + 1
     from trade_in_rule draft
     where draft.id = $1 and before.kind = draft.kind and before.code = draft.code and before.status = 'PUBLISHED'
       and before.effective_from < greatest(draft.effective_from, now())
       and coalesce(before.effective_to > greatest(draft.effective_from, now()), true)`,
    [id],
  );

const VALUES = `kind, code, effective_from, effective_to, source, content, content_hash`;

const DRAFT = `
  insert into trade_in_rule (id, status, authors, ${VALUES})
  values ($1, 'DRAFT', array[$2], $3, $4, coalesce($5::timestamptz, now()), $6, $7, $8::jsonb,
          sha256(convert_to($8::jsonb::text, 'UTF8')))`;

const REVISE = `
  update trade_in_rule
  set (${VALUES}) = ($3, $4, coalesce($5::timestamptz, now()), $6::timestamptz, $7, $8::jsonb,
                     sha256(convert_to($8::jsonb::text, 'UTF8'))),
      authors = case when $2 = any (authors) then authors else authors || $2::text end
  where id = $1`;

const valuesOf = (form: TradeInRuleDto): unknown[] => [
  ...[form.kind, form.code, form.effectiveFrom ?? null, form.effectiveTo ?? null, form.source ?? null],
  JSON.stringify(form[CONTENT_FIELDS[form.kind]]),
];

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call, Doer } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { perform } from '../../platform/lifecycle.js';
import { InvalidInput, NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import type { PriceVersionDto } from './price-book.dto.js';
import { PriceBookVersion } from './price-book-version.entity.js';
import { PRICE_VERSION_ACTS } from './price-book.lifecycle.js';
import type { PriceVersionView } from './price-book.view.js';
import { PriceVersionEmpty, PriceVersionTaken, PriceWindowTaken } from './price-books.errors.js';
import { readVersion } from './price-books.query.js';

constraintMeans(
  'price_book_version_code_key',
  () => new PriceVersionTaken('Choose another code: it stands for one version.'),
);
constraintMeans('price_book_version_book_fk', () => new NotFound('No such price book.'));
constraintMeans(
  'price_book_version_window_excl',
  () => new PriceWindowTaken('A later version is approved already: this one would have to end before it begins.'),
);

/** The acts on versions of price books: written by one person, approved by another, never changed after. */
@Injectable()
export class PriceVersions {
  constructor(private readonly acts: Acts) {}

  /** @throws InvalidInput, NotFound, PriceVersionTaken */
  draft(call: Call, bookId: string, form: PriceVersionDto): Promise<PriceVersionView> {
    needSense(form);
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(DRAFT, [id, call.actor, ...valuesOf(form), bookId]);
      await writeDeductions(tx, id, form);
      await recordAct(tx, call, { subjectKind: 'price-version', subjectId: id, act: 'draft', to: 'DRAFT' });
      return readVersion(tx, id);
    });
  }

  /** Writes a draft anew, its prices apart; whoever does so cannot approve it. @throws InvalidInput, NotFound, Stale, WrongState, PriceVersionTaken */
  revise(call: Call, id: string, form: PriceVersionDto): Promise<PriceVersionView> {
    needSense(form);
    return this.acts.once(call, async (tx) => {
      await perform(tx, PriceBookVersion, { acts: PRICE_VERSION_ACTS, act: 'revise', id, ...ifMatch(call) });
      await tx.query(REVISE, [id, call.actor, ...valuesOf(form)]);
      await tx.query('delete from price_deduction where version_id = $1', [id]);
      await writeDeductions(tx, id, form);
      await recordAct(tx, call, { subjectKind: 'price-version', subjectId: id, act: 'revise', to: 'DRAFT' });
      return readVersion(tx, id);
    });
  }

  /** @throws NotFound, Stale, WrongState */
  discard(call: Call, id: string): Promise<PriceVersionView> {
    return this.acts.once(call, async (tx) => {
      await perform(tx, PriceBookVersion, { acts: PRICE_VERSION_ACTS, act: 'discard', id, ...ifMatch(call) });
      await recordAct(tx, call, { subjectKind: 'price-version', subjectId: id, act: 'discard', to: 'DISCARDED' });
      return readVersion(tx, id);
    });
  }

  /**
   * Puts a draft into force, now at the earliest; the version before it ends when it begins. Its row is locked first, so
   * that a file that is just being read into it ends before, and another one finds it closed.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded, PriceVersionEmpty, PriceWindowTaken
   */
  approve(call: Call, id: string): Promise<PriceVersionView> {
    return this.acts.once(call, async (tx) => {
      await tx.query('select from price_book_version where id = $1 for update', [id]);
      const draft = await readVersion(tx, id);
      if (draft.status === 'DRAFT') {
        needSecondPerson(call, draft.authors);
        await tx.query(END_THE_ONE_BEFORE, [id]);
      }
      const [{ lines, checksum }]: [{ lines: number; checksum: Buffer }] = await tx.query(SUM, [id]);
      await perform(tx, PriceBookVersion, {
        ...{ acts: PRICE_VERSION_ACTS, act: 'approve', id, ...ifMatch(call) },
        also: {
          ...{ lines, checksum, approvedBy: call.actor, approvedAt: () => 'now()' },
          effectiveFrom: () => 'greatest(effective_from, now())',
        },
      });
      if (lines === 0) throw new PriceVersionEmpty('Read its prices in first: without any it would buy nothing.');
      await tell(tx, call, id, 'approve', { code: draft.code, lines, authors: draft.authors });
      return readVersion(tx, id);
    });
  }

  /** It makes no more quotes; those it has made keep their word. @throws NotFound, Stale, WrongState */
  freeze(call: Call, id: string, reason: string): Promise<PriceVersionView> {
    return this.acts.once(call, async (tx) => {
      const { frozenAt } = await readVersion(tx, id);
      if (frozenAt !== null) throw new WrongState('It is frozen already.', { state: 'FROZEN', possible: ['thaw'] });
      await perform(tx, PriceBookVersion, {
        ...{ acts: PRICE_VERSION_ACTS, act: 'freeze', id, ...ifMatch(call) },
        also: { frozenAt: () => 'now()', frozenBy: call.actor, frozenReason: reason },
      });
      await tell(tx, call, id, 'freeze', { reason });
      return readVersion(tx, id);
    });
  }

  /** It makes quotes again: by somebody who did not freeze it. @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  thaw(call: Call, id: string): Promise<PriceVersionView> {
    return this.acts.once(call, async (tx) => {
      const [row]: { by: string | null }[] = await tx.query(
        'select frozen_by as by from price_book_version where id = $1',
        [id],
      );
      if (!row) throw new NotFound('No such version of a price book.');
      if (row.by === null) throw new WrongState('It is not frozen.', { state: 'THAWED', possible: ['freeze'] });
      needSecondPerson(call, [row.by]);
      await perform(tx, PriceBookVersion, {
        ...{ acts: PRICE_VERSION_ACTS, act: 'thaw', id, ...ifMatch(call) },
        also: { frozenAt: null, frozenBy: null, frozenReason: null },
      });
      await tell(tx, call, id, 'thaw', {});
      return readVersion(tx, id);
    });
  }
}

const ifMatch = ({ ifMatch: version }: Call) => (version === undefined ? {} : { ifMatch: version });

/** A step: prices are money, so acts on them are audited. */
export async function tell(
  tx: EntityManager,
  by: Doer,
  id: string,
  act: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await publish(tx, by, {
    ...{ type: `price-version.${act}`, aggregateKind: 'price-version', aggregateId: id },
    payload: details,
  });
  await recordAudited(tx, by, { subjectKind: 'price-version', subjectId: id, act, details });
}

function needSense({ staleAfterDays, freezeAfterDays, effectiveFrom, effectiveTo, deductions }: PriceVersionDto): void {
  const fault = (pointer: string, code: string, detail: string) => ({ in: 'body', pointer, code, detail }) as const;
  const problems = deductions.map(({ problem }) => problem);
  const from = effectiveFrom === undefined ? Date.now() : Date.parse(effectiveFrom);
  const faults = [
    ...(freezeAfterDays !== undefined && freezeAfterDays < staleAfterDays
      ? [fault('/freezeAfterDays', 'BEFORE_STALE', 'It is frozen no earlier than it is stale.')]
      : []),
    ...(effectiveTo !== undefined && Date.parse(effectiveTo) <= from
      ? [fault('/effectiveTo', 'BEFORE_BEGIN', 'It ends before it begins.')]
      : []),
    ...problems.flatMap((one, at) =>
      problems.indexOf(one) < at ? [fault(`/deductions/${at}/problem`, 'TWICE', 'It is deducted for already.')] : [],
    ),
  ];
  if (faults.length) throw new InvalidInput('The version makes no sense as it stands; see errors.', {}, faults);
}

const writeDeductions = (tx: EntityManager, id: string, { deductions }: PriceVersionDto): Promise<unknown> =>
  tx.query(
    `insert into price_deduction (version_id, problem, amount_minor)
     select $1, problem, amount from unnest($2::text[], $3::bigint[]) as d (problem, amount)`,
    [id, deductions.map(({ problem }) => problem), deductions.map(({ amountMinor }) => amountMinor)],
  );

const valuesOf = (form: PriceVersionDto): unknown[] => [
  ...[form.code, form.effectiveFrom ?? null, form.effectiveTo ?? null, form.floorMinor, form.staleAfterDays],
  ...[form.freezeAfterDays ?? null, form.freezeDropPercent ?? null, form.source ?? null],
];

const VALUES = `code, effective_from, effective_to, floor_minor, stale_after_days, freeze_after_days, freeze_drop_percent, source`;

const DRAFT = `
  insert into price_book_version (id, status, authors, book_id, ${VALUES})
  values ($1, 'DRAFT', array[$2], $11, $3, coalesce($4::timestamptz, now()), $5, $6, $7, $8, $9, $10)`;

const REVISE = `
  update price_book_version
  set (${VALUES}) = ($3, coalesce($4::timestamptz, now()), $5::timestamptz, $6::bigint, $7::integer, $8::integer, $9::integer, $10),
      authors = case when $2 = any (authors) then authors else authors || $2::text end
  where id = $1`;

const END_THE_ONE_BEFORE = `
  update price_book_version before set effective_to = greatest(draft.effective_from, now()), version = before.version + 1
  from price_book_version draft
  where draft.id = $1 and before.book_id = draft.book_id and before.status = 'ACTIVE'
    and before.effective_from < greatest(draft.effective_from, now())
    and coalesce(before.effective_to > greatest(draft.effective_from, now()), true)`;

/** The checksum of a version is that of the sums of its prices' hashes: the order of half a million lines costs nothing. */
const SUM = `
  select count(*)::int as lines,
         sha256(convert_to(count(*) || ' ' || coalesce(sum(hashtextextended(concat_ws(' ', model_id, storage_gb, carrier_lock,
           grade, functional, amount_minor, wanted), 0)::numeric), 0), 'UTF8')) as checksum
  from price_line where version_id = $1`;

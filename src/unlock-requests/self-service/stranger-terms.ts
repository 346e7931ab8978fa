import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { beginOf, endOf, isAbusive } from '../caps/cap-words.js';
import { Caps } from '../caps/caps.service.js';
import { PolicyBook } from '../policies/policy-book.js';
import type { AbuseLimits, UnlockPolicyFacts } from '../policies/policy-content.js';
import { SourceSuspended } from './self-service.errors.js';

const HOURS_TO_CONFIRM = 24;

/**
 * Counts what a source asks for in a month, and how much of it for handsets it has asked for before in that month. The
 * first mark of a handset makes it known; a further one makes the request one more for the same.
 */
const COUNT = `
  with marked as (
    insert into unlock_cap_use as u (scope, key_hash, action, span, window_start, used)
    values ('SOURCE', $2, 'ASKED_FOR', 'MONTH', $3, 1)
    on conflict (key_hash, action, span, window_start, scope) do update set used = u.used + 1 returning used
  ), asked as (
    insert into unlock_cap_use as u (scope, key_hash, action, span, window_start, used)
    values ('SOURCE', $1, 'ASKED', 'MONTH', $3, 1)
    on conflict (key_hash, action, span, window_start, scope) do update set used = u.used + 1 returning used
  ), again as (
    insert into unlock_cap_use as u (scope, key_hash, action, span, window_start, used)
    select 'SOURCE', $1, 'ASKED_AGAIN', 'MONTH', $3, (used > 1)::int from marked
    on conflict (key_hash, action, span, window_start, scope) do update set used = u.used + excluded.used returning used
  )
  select asked.used as asked, again.used as again from asked, again`;

/** What the policies in force say of strangers, whatever handset they ask about: the strictest of them holds. */
@Injectable()
export class StrangerTerms {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly caps: Caps,
    private readonly book: PolicyBook,
  ) {}

  /** Until when a request made now has to be confirmed. */
  async confirmBy(): Promise<Date> {
    const hours = (await this.inForce()).map(({ content }) => content.confirmWithinHours);
    return new Date(Date.now() + Math.min(HOURS_TO_CONFIRM, ...hours) * 3_600_000);
  }

  /** Stops a source that asks for the same handsets over and over. @throws SourceSuspended */
  async needWelcome(call: Call, imei14: string): Promise<void> {
    const limits = (await this.inForce()).flatMap(({ content }) => (content.abuse ? [content.abuse] : []));
    if (!limits.length || (await this.acts.isKnown(call))) return;
    const at = new Date();
    const source = call.caller.subject;
    const hashes = [this.caps.hashOf('SOURCE', source), this.caps.hashOf('SOURCE', `${source} ${imei14}`)];
    const [count]: { asked: number; again: number }[] = await this.acts.retried(() =>
      this.db.query(COUNT, [...hashes, beginOf('MONTH', at)]),
    );
    const passed = limits.find((one) => isAbusive(one, count!));
    if (passed) await this.suspend(source, passed, at);
  }

  private async suspend(source: string, limits: AbuseLimits, at: Date): Promise<never> {
    const most = limits.maxRequestsPerSourcePerMonth;
    await this.caps.alert('SOURCE_SUSPENDED', 'SOURCE', source, {
      once: beginOf('MONTH', at).toISOString(),
      details: { action: 'SUBMIT', span: 'MONTH', most },
    });
    const until = endOf('MONTH', at);
    const problem = new SourceSuspended('Nothing more is taken from your connection this month.', {
      ...{ most, duplicatePercent: limits.duplicatePercent, until: until.toISOString() },
    });
    problem.retryAfter = Math.ceil((until.getTime() - at.getTime()) / 1000);
    throw problem;
  }

  private async inForce(): Promise<UnlockPolicyFacts[]> {
    const today = new Date().toISOString().slice(0, 10);
    const policies = await this.book.published();
    return policies.filter(({ effectiveFrom: from, effectiveTo: to }) => from <= today && (to === null || to >= today));
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { TooManyRequests } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import {
  type AlertKind,
  beginOf,
  type Cap,
  type CapAction,
  type CapScope,
  type CapSpan,
  endOf,
  standingOf,
} from './cap-words.js';

/** Whose an act is, by scope: what is known of them in plain. It is kept only as a keyed hash. */
export type ScopeKeys = Partial<Record<CapScope, string>>;

/** What was counted, to be given back when it turns out not to count. */
export interface Spent {
  /** Whether a soft cap was passed. */
  watched: boolean;
  giveBack(): Promise<void>;
}

interface Use {
  scope: CapScope;
  span: CapSpan;
  used: number;
}

const FRESH_MS = 2000;
const NOTHING_SPENT: Spent = { watched: false, giveBack: () => Promise.resolve() };

const COUNT = `
  insert into unlock_cap_use as u (scope, key_hash, action, span, window_start, used)
  select scope, key_hash, $1, span, window_start, 1
  from unnest($2::text[], $3::bytea[], $4::text[], $5::timestamptz[]) as k (scope, key_hash, span, window_start)
  on conflict (key_hash, action, span, window_start, scope) do update set used = u.used + 1 where u.used < 1000000000
  returning scope, span, used`;

const GIVE_BACK = `
  update unlock_cap_use u set used = u.used - 1
  from unnest($2::text[], $3::bytea[], $4::text[], $5::timestamptz[]) as k (scope, key_hash, span, window_start)
  where u.key_hash = k.key_hash and u.action = $1 and u.span = k.span and u.window_start = k.window_start
    and u.scope = k.scope and u.used > 0`;

/** How often somebody may do something: counted before the act, in a transaction of its own, so that refused tries count. */
@Injectable()
export class Caps {
  private known: { caps: Promise<Cap[]>; since: number } | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly vault: Vault,
  ) {}

  hashOf = (scope: CapScope, key: string): Buffer => this.vault.hash('cap', `${scope}:${key}`);

  /** The same act asked for again under its idempotency key is not counted twice. @throws TooManyRequests */
  async spendFor(call: Call, keys: ScopeKeys, action: CapAction): Promise<Spent> {
    return (await this.acts.isKnown(call)) ? NOTHING_SPENT : this.spend(keys, action);
  }

  /** @throws TooManyRequests beyond a hard cap */
  async spend(keys: ScopeKeys, action: CapAction): Promise<Spent> {
    const at = new Date();
    const caps = (await this.caps()).filter((cap) => cap.action === action && keys[cap.scope] !== undefined);
    if (!caps.length) return NOTHING_SPENT;
    // In one order, so that nobody waits in a circle.
    caps.sort((a, b) => `${a.scope}${a.span}`.localeCompare(`${b.scope}${b.span}`));
    const counted = [
      ...[action, caps.map(({ scope }) => scope), caps.map(({ scope }) => this.hashOf(scope, keys[scope]!))],
      ...[caps.map(({ span }) => span), caps.map(({ span }) => beginOf(span, at))],
    ];
    const uses: Use[] = await this.acts.retried(() => this.db.query(COUNT, counted));
    const watched = await this.judge(caps, uses, keys, at);
    return { watched, giveBack: async () => void (await this.acts.retried(() => this.db.query(GIVE_BACK, counted))) };
  }

  /** Tells people of something, once: a second alert of the same name is none. */
  async alert(kind: AlertKind, scope: CapScope, key: string, what: { once: string; details: object }): Promise<void> {
    const hash = this.hashOf(scope, key);
    await this.acts.retried(() =>
      this.db.query(
        `insert into unlock_alert (id, kind, scope, key_hash, once, details) values ($1, $2, $3, $4, $5, $6)
         on conflict (once) do nothing`,
        [
          newId(),
          kind,
          scope,
          hash,
          `${kind} ${scope} ${hash.toString('hex')} ${what.once}`,
          JSON.stringify(what.details),
        ],
      ),
    );
  }

  forget(): void {
    this.known = undefined;
  }

  private async judge(caps: readonly Cap[], uses: readonly Use[], keys: ScopeKeys, at: Date): Promise<boolean> {
    let watched = false;
    let refused: Cap | undefined;
    for (const cap of caps) {
      const used = uses.find(({ scope, span }) => scope === cap.scope && span === cap.span)?.used ?? Infinity;
      const standing = standingOf(cap, used);
      if (standing === 'FREE') continue;
      watched = true;
      if (standing === 'REFUSED' && (!refused || endOf(cap.span, at) > endOf(refused.span, at))) refused = cap;
      const { action, scope, span, soft, hard } = cap;
      await this.alert(standing === 'REFUSED' ? 'HARD_CAP' : 'SOFT_CAP', scope, keys[scope]!, {
        once: `${action} ${span} ${beginOf(span, at).toISOString()}`,
        details: { action, span, most: standing === 'REFUSED' ? hard : soft },
      });
    }
    if (refused) throw tooMany(refused, at);
    return watched;
  }

  private caps(): Promise<Cap[]> {
    if (!this.known || Date.now() - this.known.since > FRESH_MS) {
      const caps: Promise<Cap[]> = this.db.query('select scope, action, span, soft, hard from unlock_cap');
      this.known = { caps, since: Date.now() };
      caps.catch(() => this.forget());
    }
    return this.known.caps;
  }
}

function tooMany({ scope, action, span, hard }: Cap, at: Date): TooManyRequests {
  const until = endOf(span, at);
  const problem = new TooManyRequests('This was tried too often; Retry-After says when to go on.', {
    ...{ scope, action, span, most: hard },
    until: until.toISOString(),
  });
  problem.retryAfter = Math.ceil((until.getTime() - at.getTime()) / 1000);
  return problem;
}

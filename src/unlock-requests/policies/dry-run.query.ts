import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { Conditions } from '../../platform/statement.js';
import { type Asked, type Evaluation, evaluate, type Verdict } from '../eligibility/evaluate.js';
import type { UnlockFacts } from '../eligibility/facts.js';
import { floorBreaches } from './floors.js';
import { ruleSetOf } from './policy-content.js';
import { type PolicyRow, readPolicy } from './unlock-policies.query.js';
import type { PolicyDryRunView } from './unlock-policy.view.js';
import { readFloors } from './unlock-floors.query.js';

interface DecidedRow {
  requestId: string;
  verdict: Verdict;
  facts: UnlockFacts;
  asked: Asked;
  decidedAt: Date;
}

const MOST_EXAMPLES = 100;

const DECIDED = `
  select d.request_id as "requestId", d.verdict, d.facts, d.asked, d.decided_at as "decidedAt"
  from unlock_decision d join unlock_request r on r.id = d.request_id`;

/** What a policy would have made of decisions already taken. Nobody is judged anew by it. */
@Injectable()
export class PolicyDryRun {
  constructor(private readonly db: DataSource) {}

  async of(caller: Caller, id: string, decisions: number): Promise<PolicyDryRunView> {
    const policy = await readPolicy(this.db, id);
    const rows = await this.decided(caller, policy, decisions);
    const looked = rows.map((row) => ({ row, now: judgedBy(policy, row) }));
    const changed = looked.filter(({ row, now }) => now.verdict !== row.verdict);
    const breaches = floorBreaches(policy, await readFloors(this.db.manager));
    return {
      decisions: rows.length,
      changed: changed.length,
      wouldBecomeEligible: changed.filter(({ now }) => now.verdict === 'ELIGIBLE').length,
      wouldLoseEligibility: changed.filter(({ row }) => row.verdict === 'ELIGIBLE').length,
      examples: changed.slice(0, MOST_EXAMPLES).map(({ row, now }) => ({
        ...{ requestId: row.requestId, was: row.verdict, wouldBe: now.verdict, reasons: now.reasons },
      })),
      belowFloor: breaches.map(({ floor, breach }) => `${floor}: ${breach}`),
    };
  }

  /** The latest decisions on handsets the policy would be for by brand and segment; a till's own only. */
  private decided(caller: Caller, { brand, segment }: PolicyRow, decisions: number): Promise<DecidedRow[]> {
    const where = new Conditions()
      .only(caller.storeId, (place) => `r.location_id = ${place}`)
      .only(brand, (place) => `d.facts #>> '{identifiers,0,billing,device,brand}' = ${place}`)
      .only(
        segment === 'ANY' ? null : segment,
        (place) => `d.facts #>> '{identifiers,0,billing,device,segment}' = ${place}`,
      );
    const limit = where.add(decisions);
    const sql = `${DECIDED} where ${where.toString()} order by d.id desc limit ${limit}`;
    return this.db.query(sql, where.parameters);
  }
}

const judgedBy = (policy: PolicyRow, { facts, decidedAt, asked }: DecidedRow): Evaluation =>
  evaluate(ruleSetOf(policy), facts, decidedAt, asked);

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { moment, momentOrNull } from '../../values/views.js';
import { CONTENT_FIELDS, type RuleInForce } from './rule-content.js';
import type { TradeInRulesQuery } from './trade-in-rule.dto.js';
import type { RuleState } from './trade-in-rule.lifecycle.js';
import type { TradeInRuleView } from './trade-in-rule.view.js';

const RULES = { tag: 'trade-in-rules', shape: ['uuid'] } as const;

export interface RuleRow extends RuleInForce {
  status: RuleState;
  source: string | null;
  authors: string[];
  publishedBy: string | null;
  publishedAt: Date | null;
  version: number;
}

export const SELECT_RULE = `
  select id, kind, code, encode(content_hash, 'hex') as hash, content, status, source, authors,
         effective_from as "effectiveFrom", effective_to as "effectiveTo", published_by as "publishedBy",
         published_at as "publishedAt", version
  from trade_in_rule`;

/** Reads of the rules. */
@Injectable()
export class TradeInRulesReads {
  constructor(private readonly db: DataSource) {}

  async rules(caller: Caller, query: TradeInRulesQuery): Promise<Page<TradeInRuleView>> {
    const [before] = placeAfter(RULES, query) ?? [];
    const where = new Conditions()
      .only(query.kind, (place) => `kind = ${place}`)
      .only(query.code, (place) => `code = ${place}`)
      .only(query.status, (place) => `status = ${place}`)
      .only(before, (place) => `id < ${place}::uuid`);
    if (!mayDraft(caller)) where.always(`status = 'PUBLISHED'`);
    if (query.inForce) {
      where.always(`status = 'PUBLISHED' and effective_from <= now() and coalesce(effective_to > now(), true)`);
    }
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_RULE} where ${where.toString()} order by id desc limit ${limit}`;
    const rows: RuleRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: RULES.tag, keys: ({ id }) => [id], view: ruleView });
  }

  /** @throws NotFound */
  async rule(caller: Caller, id: string): Promise<TradeInRuleView> {
    const row = await readRule(this.db, id);
    if (row.status === 'PUBLISHED' || mayDraft(caller)) return ruleView(row);
    throw new NotFound('No such rule of trade-ins.');
  }
}

/** What is not in force yet is nobody's but theirs who write it. */
const mayDraft = ({ scopes }: Caller): boolean => scopes.has('trade-in-rules:write');

/** @throws NotFound */
export async function readRule(db: Pick<EntityManager, 'query'>, id: string): Promise<RuleRow> {
  const [row]: RuleRow[] = await db.query(`${SELECT_RULE} where id = $1`, [id]);
  if (!row) throw new NotFound('No such rule of trade-ins.');
  return row;
}

export const ruleView = ({ content, ...row }: RuleRow): TradeInRuleView => ({
  ...row,
  effectiveFrom: moment(row.effectiveFrom),
  effectiveTo: momentOrNull(row.effectiveTo),
  publishedAt: momentOrNull(row.publishedAt),
  [CONTENT_FIELDS[row.kind]]: content,
});

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { momentOrNull } from '../../values/views.js';
import type { PolicyContent, UnlockPolicyFacts } from './policy-content.js';
import type { UnlockPoliciesQuery } from './unlock-policy.dto.js';
import type { PolicyState } from './unlock-policy.lifecycle.js';
import type { UnlockPolicyView } from './unlock-policy.view.js';
import type { UnlockRuleDto } from './unlock-rule.dto.js';

const POLICIES = { tag: 'unlock-policies', shape: ['uuid'] } as const;

export interface PolicyRow extends UnlockPolicyFacts {
  status: PolicyState;
  source: string | null;
  authors: string[];
  publishedBy: string | null;
  publishedAt: Date | null;
  version: number;
}

export const SELECT_POLICY = `
  select id, code, jurisdiction, brand, segment, anchor, effective_from::text as "effectiveFrom",
         effective_to::text as "effectiveTo", time_zone as "timeZone", calendar, content, status, source, authors,
         published_by as "publishedBy", published_at as "publishedAt", version
  from unlock_policy`;

/** Reads of policies. */
@Injectable()
export class UnlockPoliciesReads {
  constructor(private readonly db: DataSource) {}

  async policies(query: UnlockPoliciesQuery): Promise<Page<UnlockPolicyView>> {
    const [before] = placeAfter(POLICIES, query) ?? [];
    const where = new Conditions()
      .only(query.status, (place) => `status = ${place}`)
      .only(query.code, (place) => `code = ${place}`)
      .only(before, (place) => `id < ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_POLICY} where ${where.toString()} order by id desc limit ${limit}`;
    const rows: PolicyRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: POLICIES.tag, keys: ({ id }) => [id], view: policyView });
  }

  async policy(id: string): Promise<UnlockPolicyView> {
    return policyView(await readPolicy(this.db, id));
  }
}

/** @throws NotFound */
export async function readPolicy(db: Pick<EntityManager, 'query'>, id: string): Promise<PolicyRow> {
  const [row]: PolicyRow[] = await db.query(`${SELECT_POLICY} where id = $1`, [id]);
  if (!row) throw new NotFound('No such unlock policy.');
  return row;
}

export function policyView({ content, ...row }: PolicyRow): UnlockPolicyView {
  return { ...row, publishedAt: momentOrNull(row.publishedAt), ...contentView(content) };
}

/** The content as clients wrote it: groups as a list. */
function contentView({ groups, rules, alternatives, ...content }: PolicyContent) {
  return {
    ...content,
    groups: Object.entries(groups).map(([name, inGroup]) => ({ name, rules: inGroup as UnlockRuleDto[] })),
    rules: rules as UnlockRuleDto[],
    alternatives: alternatives as UnlockPolicyView['alternatives'],
  } as Pick<UnlockPolicyView, Exclude<keyof PolicyContent, never> & keyof UnlockPolicyView>;
}

import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { RULE_KINDS, RULE_STATES, type RuleKind, type RuleState } from './trade-in-rule.lifecycle.js';

@Entity('trade_in_rule')
@Check('trade_in_rule_kind_ck', oneOf('kind', RULE_KINDS))
@Check('trade_in_rule_status_ck', oneOf('status', RULE_STATES))
@Check('trade_in_rule_window_ck', `effective_from < effective_to`)
@Check(
  'trade_in_rule_published_ck',
  `(status = 'PUBLISHED') = (published_by is not null) and (published_by is null) = (published_at is null)`,
)
@Check('trade_in_rule_second_person_ck', `published_by <> all (authors)`)
@Index('trade_in_rule_page_ix', ['kind', 'id'])
export class TradeInRule {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_rule_pk' })
  id: string;
  @Column({ name: 'kind', type: 'text' })
  kind: RuleKind;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'content', type: 'jsonb' })
  content: object;
  @Column({ name: 'content_hash', type: 'bytea' })
  contentHash: Buffer;
  @Column({ name: 'status', type: 'text' })
  status: RuleState;
  @Column({ name: 'authors', type: 'text', array: true })
  authors: string[];
  @Column({ name: 'effective_from', type: 'timestamptz' })
  effectiveFrom: Date;
  @Column({ name: 'effective_to', type: 'timestamptz', nullable: true })
  effectiveTo: Date | null;
  @Column({ name: 'source', type: 'text', nullable: true })
  source: string | null;
  @Column({ name: 'published_by', type: 'text', nullable: true })
  publishedBy: string | null;
  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { PolicyContent } from './policy-content.js';
import {
  POLICY_ANCHORS,
  POLICY_SEGMENTS,
  POLICY_STATES,
  type PolicyAnchor,
  type PolicySegment,
  type PolicyState,
} from './unlock-policy.lifecycle.js';

@Entity('unlock_policy')
@Check('unlock_policy_segment_ck', oneOf('segment', POLICY_SEGMENTS))
@Check('unlock_policy_anchor_ck', oneOf('anchor', POLICY_ANCHORS))
@Check('unlock_policy_status_ck', oneOf('status', POLICY_STATES))
@Check('unlock_policy_window_ck', 'effective_from <= effective_to')
@Check(
  'unlock_policy_published_ck',
  `(status = 'PUBLISHED') = (published_by is not null) and (published_by is null) = (published_at is null)`,
)
@Check('unlock_policy_second_person_ck', 'published_by <> all (authors)')
@Index('unlock_policy_code_key', ['code'], { unique: true, where: `status <> 'DISCARDED'` })
@Index('unlock_policy_page_ix', ['status', 'id'])
export class UnlockPolicy {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_policy_pk' })
  id: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'jurisdiction', type: 'text' })
  jurisdiction: string;
  @Column({ name: 'brand', type: 'text', nullable: true })
  brand: string | null;
  @Column({ name: 'segment', type: 'text' })
  segment: PolicySegment;
  @Column({ name: 'anchor', type: 'text' })
  anchor: PolicyAnchor;
  @Column({ name: 'effective_from', type: 'date' })
  effectiveFrom: string;
  @Column({ name: 'effective_to', type: 'date', nullable: true })
  effectiveTo: string | null;
  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;
  @Column({ name: 'calendar', type: 'text' })
  calendar: string;
  @Column({ name: 'content', type: 'jsonb' })
  content: PolicyContent;
  @Column({ name: 'source', type: 'text', nullable: true })
  source: string | null;
  @Column({ name: 'status', type: 'text' })
  status: PolicyState;
  /** Everybody who wrote in it: none of them may publish it. */
  @Column({ name: 'authors', type: 'text', array: true })
  authors: string[];
  @Column({ name: 'drafted_at', type: 'timestamptz', default: () => 'now()' })
  draftedAt: Date;
  @Column({ name: 'published_by', type: 'text', nullable: true })
  publishedBy: string | null;
  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

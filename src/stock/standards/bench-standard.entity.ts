import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { STANDARD_KINDS, STANDARD_STATES, type StandardKind, type StandardState } from './standard.lifecycle.js';

@Entity('bench_standard')
@Check('bench_standard_kind_ck', oneOf('kind', STANDARD_KINDS))
@Check('bench_standard_status_ck', oneOf('status', STANDARD_STATES))
@Check(
  'bench_standard_published_ck',
  `(status = 'PUBLISHED') = (published_by is not null) and (published_by is null) = (published_at is null)`,
)
@Check('bench_standard_second_person_ck', 'published_by <> drafted_by')
@Index('bench_standard_code_key', ['kind', 'code'], { unique: true, where: `status <> 'DISCARDED'` })
@Index('bench_standard_page_ix', ['kind', 'id'])
export class BenchStandard {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'bench_standard_pk' })
  id: string;
  @Column({ name: 'kind', type: 'text' })
  kind: StandardKind;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'content', type: 'jsonb' })
  content: object;
  @Column({ name: 'status', type: 'text' })
  status: StandardState;
  @Column({ name: 'drafted_by', type: 'text' })
  draftedBy: string;
  @Column({ name: 'drafted_at', type: 'timestamptz', default: () => 'now()' })
  draftedAt: Date;
  @Column({ name: 'published_by', type: 'text', nullable: true })
  publishedBy: string | null;
  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

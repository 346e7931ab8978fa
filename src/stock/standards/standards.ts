import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { GradeProfile } from './grade-profile.js';
import type { TestPlan } from './test-plan.js';

/** How old what is at hand may be: the gate looks up by itself which profile is in force. */
const FRESH_MS = 2000;

interface Present {
  profile: GradeProfile;
  plan: TestPlan;
}

/**
 * The grade profile and the test plan in force, kept at hand: every unit shown asks for one, and they change yearly. An
 * act asks before its transaction: acts that each hold a connection and wait for one more would wait for each other.
 */
@Injectable()
export class Standards {
  private present: Promise<Present> | undefined;
  private readAt = 0;

  constructor(private readonly db: DataSource) {}

  forget(): void {
    this.present = undefined;
  }

  async profile(): Promise<GradeProfile> {
    return (await this.inForce()).profile;
  }

  async plan(): Promise<TestPlan> {
    return (await this.inForce()).plan;
  }

  private inForce(): Promise<Present> {
    if (!this.present || Date.now() - this.readAt > FRESH_MS) {
      this.readAt = Date.now();
      this.present = this.read();
      this.present.catch(() => this.forget());
    }
    return this.present;
  }

  private async read(): Promise<Present> {
    const rows: { kind: string; standard: object }[] = await this.db.query(IN_FORCE);
    const of = (kind: string) => rows.find((row) => row.kind === kind)!.standard;
    return { profile: of('GRADE_PROFILE') as GradeProfile, plan: of('TEST_PLAN') as TestPlan };
  }
}

/** The one published last. */
const IN_FORCE = `
  select distinct on (kind) kind, content || jsonb_build_object('version', code) as standard
  from bench_standard where status = 'PUBLISHED' order by kind, published_at desc, id desc`;

/** SQL of the version of the grade profile in force. */
export const LIVE_PROFILE = `(select code from bench_standard where kind = 'GRADE_PROFILE' and status = 'PUBLISHED'
  order by published_at desc, id desc limit 1)`;

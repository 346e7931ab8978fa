import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import type { Page } from '../../platform/http/page.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import { bestFirst } from './grade-profile.js';
import type { DraftGradeProfileDto, GradeRuleDto } from './grade-profile.dto.js';
import type { GradeProfileView } from './grade-profile.view.js';
import type { StandardsQuery } from './standard.dto.js';
import { readStandard, type StandardRow, standardsPage } from './standard-rows.query.js';
import { BenchStandards } from './standards.service.js';

const KIND = 'GRADE_PROFILE';
interface Content {
  grades: GradeRuleDto[];
}

/** Grade profiles: which condition makes which retail grade. */
@Injectable()
export class GradeProfiles {
  constructor(
    private readonly db: DataSource,
    private readonly standards: BenchStandards,
  ) {}

  /** @throws InvalidInput, StandardCodeTaken */
  async draft(call: Call, { code, grades }: DraftGradeProfileDto): Promise<GradeProfileView> {
    const faults = profileFaults(grades);
    if (faults.length) throw new InvalidInput('The profile makes no sense as it stands; see errors.', {}, faults);
    return shown(
      await this.standards.draft(call, KIND, { code, content: { grades: bestFirst(grades) as GradeRuleDto[] } }),
    );
  }

  /** @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  async publish(call: Call, id: string): Promise<GradeProfileView> {
    return shown(await this.standards.publish<Content>(call, KIND, id));
  }

  /** @throws NotFound, Stale, WrongState */
  async discard(call: Call, id: string): Promise<GradeProfileView> {
    return shown(await this.standards.discard<Content>(call, KIND, id));
  }

  list(query: StandardsQuery): Promise<Page<GradeProfileView>> {
    return standardsPage<Content, GradeProfileView>(this.db, KIND, query, shown);
  }

  /** @throws NotFound */
  async get(id: string): Promise<GradeProfileView> {
    return shown(await readStandard<Content>(this.db, KIND, id));
  }
}

const shown = ({ content, ...row }: StandardRow<Content>): GradeProfileView => ({ ...row, ...content });

function profileFaults(grades: readonly GradeRuleDto[]): Fault[] {
  const names = grades.map(({ grade }) => grade);
  return names.flatMap((grade, at): Fault[] =>
    names.indexOf(grade) === at
      ? []
      : [{ in: 'body', pointer: `/grades/${at}/grade`, code: 'NAMED_TWICE', detail: 'This grade stands above.' }],
  );
}

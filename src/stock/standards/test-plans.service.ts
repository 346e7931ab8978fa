import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import type { Page } from '../../platform/http/page.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import type { StandardsQuery } from './standard.dto.js';
import { readStandard, type StandardRow, standardsPage } from './standard-rows.query.js';
import { BenchStandards } from './standards.service.js';
import type { DraftTestPlanDto } from './test-plan.dto.js';
import type { TestPlanView } from './test-plan.view.js';

const KIND = 'TEST_PLAN';
type Content = Pick<TestPlanView, 'tests' | 'classes'>;

/** Test plans: what handsets at the bench go through. */
@Injectable()
export class TestPlans {
  constructor(
    private readonly db: DataSource,
    private readonly standards: BenchStandards,
  ) {}

  /** @throws InvalidInput, StandardCodeTaken */
  async draft(call: Call, form: DraftTestPlanDto): Promise<TestPlanView> {
    const faults = planFaults(form);
    if (faults.length) throw new InvalidInput('The plan makes no sense as it stands; see errors.', {}, faults);
    const { code, tests, classes = [] } = form;
    const content: Content = { classes, tests: tests.map((one) => ({ ...one, deviceClass: one.deviceClass ?? null })) };
    return shown(await this.standards.draft(call, KIND, { code, content }));
  }

  /** @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  async publish(call: Call, id: string): Promise<TestPlanView> {
    return shown(await this.standards.publish<Content>(call, KIND, id));
  }

  /** @throws NotFound, Stale, WrongState */
  async discard(call: Call, id: string): Promise<TestPlanView> {
    return shown(await this.standards.discard<Content>(call, KIND, id));
  }

  list(query: StandardsQuery): Promise<Page<TestPlanView>> {
    return standardsPage<Content, TestPlanView>(this.db, KIND, query, shown);
  }

  /** @throws NotFound */
  async get(id: string): Promise<TestPlanView> {
    return shown(await readStandard<Content>(this.db, KIND, id));
  }
}

const shown = ({ content, ...row }: StandardRow<Content>): TestPlanView => ({ ...row, ...content });

const fault = (pointer: string, code: string, detail: string): Fault => ({ in: 'body', pointer, code, detail });

function planFaults({ tests, classes = [] }: DraftTestPlanDto): Fault[] {
  const names = tests.map(({ code }) => code);
  const known = classes.map(({ code }) => code);
  return tests.flatMap(({ code, need, deviceClass, fault: grade }, at) => [
    ...(names.indexOf(code) === at ? [] : [fault(`/tests/${at}/code`, 'NAMED_TWICE', 'This test stands above.')]),
    ...(deviceClass === undefined || known.includes(deviceClass)
      ? []
      : [fault(`/tests/${at}/deviceClass`, 'UNKNOWN_CLASS', 'There is no such class in this plan.')]),
    ...((need === 'MINOR') === (grade === 2)
      ? []
      : [fault(`/tests/${at}/fault`, 'NEED_AND_FAULT', 'A minor fault is 2, and one that must not be is 3 or more.')]),
  ]);
}

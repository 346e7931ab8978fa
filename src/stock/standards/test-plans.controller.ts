import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { DraftTestPlanDto } from './test-plan.dto.js';
import { TestPlanPageView, TestPlanView } from './test-plan.view.js';
import { TestPlans } from './test-plans.service.js';
import { StandardParams, StandardsQuery } from './standard.dto.js';
import { StandardCodeTaken } from './standards.errors.js';

@ApiTags('Bench standards')
@Controller('v1/test-plans')
export class TestPlansController {
  constructor(private readonly plans: TestPlans) {}

  /** Draft a test plan: which tests handsets go through, and what each decides. */
  @Post()
  @Allow('stock-standards:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, StandardCodeTaken)
  draftTestPlan(@Asked() call: Call, @Body() form: DraftTestPlanDto): Promise<TestPlanView> {
    return this.plans.draft(call, form);
  }

  /** List test plans, the latest first. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listTestPlans(@Query() query: StandardsQuery): Promise<TestPlanPageView> {
    return this.plans.list(query);
  }

  /** Show one version of the test plan. */
  @Get(':id')
  @Allow('stock:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getTestPlan(@Param() { id }: StandardParams): Promise<TestPlanView> {
    return this.plans.get(id);
  }

  /** Put a draft into force, as somebody who did not write it. */
  @Post(':id/publish')
  @HttpCode(200)
  @Allow('stock-standards:publish')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  publishTestPlan(@Asked() call: Call, @Param() { id }: StandardParams): Promise<TestPlanView> {
    return this.plans.publish(call, id);
  }

  /** Throw a draft away. */
  @Post(':id/discard')
  @HttpCode(200)
  @Allow('stock-standards:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  discardTestPlan(@Asked() call: Call, @Param() { id }: StandardParams): Promise<TestPlanView> {
    return this.plans.discard(call, id);
  }
}

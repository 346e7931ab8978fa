import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { PolicyDryRun } from './dry-run.query.js';
import { PolicyBelowFloor, PolicyCodeTaken, PolicyRetroactive } from './unlock-policies.errors.js';
import { UnlockPoliciesReads } from './unlock-policies.query.js';
import { UnlockPolicies } from './unlock-policies.service.js';
import { PolicyDryRunQuery, UnlockPoliciesQuery, UnlockPolicyDto, UnlockPolicyParams } from './unlock-policy.dto.js';
import { PolicyDryRunView, UnlockPolicyPageView, UnlockPolicyView } from './unlock-policy.view.js';

@ApiTags('Unlock policies')
@Controller('v1/unlock-policies')
export class UnlockPoliciesController {
  constructor(
    private readonly policies: UnlockPolicies,
    private readonly read: UnlockPoliciesReads,
    private readonly dryRun: PolicyDryRun,
  ) {}

  /** Draft a policy, or the next version of one. */
  @Post()
  @Allow('unlock-policies:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, PolicyCodeTaken)
  draftUnlockPolicy(@Asked() call: Call, @Body() form: UnlockPolicyDto): Promise<UnlockPolicyView> {
    return this.policies.draft(call, form);
  }

  /** List policies, the latest first. */
  @Get()
  @Allow('unlock-policies:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listUnlockPolicies(@Query() query: UnlockPoliciesQuery): Promise<UnlockPolicyPageView> {
    return this.read.policies(query);
  }

  /** Show one version of a policy. */
  @Get(':id')
  @Allow('unlock-policies:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getUnlockPolicy(@Param() { id }: UnlockPolicyParams): Promise<UnlockPolicyView> {
    return this.read.policy(id);
  }

  /** Write a draft anew; whoever does so cannot publish it. */
  @Put(':id')
  @Allow('unlock-policies:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, PolicyCodeTaken)
  reviseUnlockPolicy(
    @Asked() call: Call,
    @Param() { id }: UnlockPolicyParams,
    @Body() form: UnlockPolicyDto,
  ): Promise<UnlockPolicyView> {
    return this.policies.revise(call, id, form);
  }

  /** Try a policy on the latest decisions: who would change side, and why. Changes nothing. */
  @Get(':id/dry-run')
  @Allow('unlock-policies:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS, NotFound)
  dryRunUnlockPolicy(
    @By() caller: Caller,
    @Param() { id }: UnlockPolicyParams,
    @Query() { decisions }: PolicyDryRunQuery,
  ): Promise<PolicyDryRunView> {
    return this.dryRun.of(caller, id, decisions ?? 500);
  }

  /** Put a draft into force, as somebody who did not write it. No handset moves from one version to another. */
  @Post(':id/publish')
  @HttpCode(200)
  @Allow('unlock-policies:publish')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded, PolicyBelowFloor, PolicyRetroactive)
  publishUnlockPolicy(@Asked() call: Call, @Param() { id }: UnlockPolicyParams): Promise<UnlockPolicyView> {
    return this.policies.publish(call, id);
  }

  /** Throw a draft away. */
  @Post(':id/discard')
  @HttpCode(200)
  @Allow('unlock-policies:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  discardUnlockPolicy(@Asked() call: Call, @Param() { id }: UnlockPolicyParams): Promise<UnlockPolicyView> {
    return this.policies.discard(call, id);
  }
}

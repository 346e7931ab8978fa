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
import { TradeInRuleDto, TradeInRuleParams, TradeInRulesQuery } from './trade-in-rule.dto.js';
import { TradeInRulePageView, TradeInRuleView } from './trade-in-rule.view.js';
import { TradeInRuleWindowTaken } from './trade-in-rules.errors.js';
import { TradeInRulesReads } from './trade-in-rules.query.js';
import { TradeInRules } from './trade-in-rules.service.js';

@ApiTags('Trade-in rules')
@Controller('v1/trade-in-rules')
export class TradeInRulesController {
  constructor(
    private readonly rules: TradeInRules,
    private readonly read: TradeInRulesReads,
  ) {}

  /** Draft a rule, or the next version of one: questions, terms, the law of a place, or reasons. */
  @Post()
  @Allow('trade-in-rules:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS)
  draftTradeInRule(@Asked() call: Call, @Body() form: TradeInRuleDto): Promise<TradeInRuleView> {
    return this.rules.draft(call, form);
  }

  /** List rules, the latest first. */
  @Get()
  @Allow('trade-in-rules:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listTradeInRules(@By() caller: Caller, @Query() query: TradeInRulesQuery): Promise<TradeInRulePageView> {
    return this.read.rules(caller, query);
  }

  /** Show one version of a rule. */
  @Get(':id')
  @Allow('trade-in-rules:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getTradeInRule(@By() caller: Caller, @Param() { id }: TradeInRuleParams): Promise<TradeInRuleView> {
    return this.read.rule(caller, id);
  }

  /** Write a draft anew; whoever does so cannot publish it. */
  @Put(':id')
  @Allow('trade-in-rules:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  reviseTradeInRule(
    @Asked() call: Call,
    @Param() { id }: TradeInRuleParams,
    @Body() form: TradeInRuleDto,
  ): Promise<TradeInRuleView> {
    return this.rules.revise(call, id, form);
  }

  /** Put a draft into force, as somebody who did not write it. What was quoted keeps the version it was quoted under. */
  @Post(':id/publish')
  @HttpCode(200)
  @Allow('trade-in-rules:publish')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded, TradeInRuleWindowTaken)
  publishTradeInRule(@Asked() call: Call, @Param() { id }: TradeInRuleParams): Promise<TradeInRuleView> {
    return this.rules.publish(call, id);
  }

  /** Throw a draft away. */
  @Post(':id/discard')
  @HttpCode(200)
  @Allow('trade-in-rules:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  discardTradeInRule(@Asked() call: Call, @Param() { id }: TradeInRuleParams): Promise<TradeInRuleView> {
    return this.rules.discard(call, id);
  }
}

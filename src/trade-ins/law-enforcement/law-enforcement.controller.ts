import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { StepUpNeeded } from '../../access/step-up.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { BodyTooLarge, MalformedBody, NotFound, UnsupportedMediaType, WrongState } from '../../platform/problems.js';
import { imeiOf } from '../questions/offered-handsets.js';
import { NotForTills } from '../sellers/office-only.js';
import {
  AnswerLawRequestDto,
  FindLawRequestsDto,
  LawRequestParams,
  LawRequestsQuery,
  LiftLawHoldDto,
  LogLawRequestDto,
} from './law-enforcement-request.dto.js';
import { LawRequestPageView, LawRequestView } from './law-enforcement-request.view.js';
import { RequestLoggedAlready } from './law-enforcement.errors.js';
import { LawRequestsReads } from './law-enforcement.query.js';
import { LawRequests } from './law-enforcement.service.js';

@ApiTags('Law enforcement')
@Controller('v1/law-enforcement-requests')
export class LawEnforcementController {
  constructor(
    private readonly requests: LawRequests,
    private readonly read: LawRequestsReads,
  ) {}

  /** Write down what an authority asks about a handset, and keep the handset for it when it wants that. */
  @Post()
  @Allow('law-enforcement:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, RequestLoggedAlready)
  logLawRequest(@Asked() call: Call, @Body() form: LogLawRequestDto): Promise<LawRequestView> {
    return this.requests.log(call, form);
  }

  /** List what authorities asked, the latest first. */
  @Get()
  @Allow('law-enforcement:write')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotForTills)
  listLawRequests(@By() caller: Caller, @Query() query: LawRequestsQuery): Promise<LawRequestPageView> {
    return this.read.list(caller, query);
  }

  /** Find all that was asked about a handset. */
  @Post('find')
  @HttpCode(200)
  @Allow('law-enforcement:write')
  @Refuses(...READ_REFUSALS, NotForTills, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  async findLawRequests(@By() caller: Caller, @Body() { identifier }: FindLawRequestsDto): Promise<LawRequestPageView> {
    return { items: await this.read.ofHandset(caller, imeiOf(identifier)), nextCursor: null };
  }

  /** Answer an authority, as somebody who did not write its request down or with a second factor shown just now. */
  @Post(':id/answer')
  @HttpCode(200)
  @Allow('law-enforcement:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, NotFound, WrongState, StepUpNeeded)
  answerLawRequest(
    @Asked() call: Call,
    @Param() { id }: LawRequestParams,
    @Body() { answer }: AnswerLawRequestDto,
  ): Promise<LawRequestView> {
    return this.requests.answer(call, id, answer);
  }

  /** Let a handset go that was kept for an authority; what the law of the place or others want stays as it is. */
  @Post(':id/lift-hold')
  @HttpCode(200)
  @Allow('law-enforcement:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, NotFound, WrongState)
  liftLawHold(
    @Asked() call: Call,
    @Param() { id }: LawRequestParams,
    @Body() { reason }: LiftLawHoldDto,
  ): Promise<LawRequestView> {
    return this.requests.liftHold(call, id, reason);
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import {
  BodyTooLarge,
  MalformedBody,
  NotFound,
  Stale,
  UnsupportedMediaType,
  WrongState,
} from '../../platform/problems.js';
import { UnlockIntake } from './intake.service.js';
import { PreChecks } from './pre-check.js';
import {
  AskUnlockDto,
  FindUnlockRequestsDto,
  ReasonDto,
  RequestUnlockDto,
  UnlockRequestParams,
  UnlockRequestsQuery,
} from './unlock-request.dto.js';
import { PreCheckView } from './eligibility.view.js';
import { UnlockRequestPageView, UnlockRequestView } from './unlock-request.view.js';
import { DuplicateUnlockRequest } from './unlock-requests.errors.js';
import { UnlockRequestsReads } from './unlock-requests.query.js';
import { askedImei } from './asked-imei.js';

const BODY_REFUSALS = [MalformedBody, BodyTooLarge, UnsupportedMediaType];

@ApiTags('Unlock requests')
@Controller('v1/unlock-requests')
export class UnlockRequestsController {
  constructor(
    private readonly preChecks: PreChecks,
    private readonly intake: UnlockIntake,
    private readonly read: UnlockRequestsReads,
  ) {}

  /** Tell what would become of a request. Changes nothing; a POST only to keep the IMEI out of addresses and logs. */
  @Post('pre-check')
  @HttpCode(200)
  @Allow('unlock-requests:ask')
  @Refuses(...READ_REFUSALS, ...BODY_REFUSALS, NotFound)
  preCheckUnlock(@By() caller: Caller, @Body() form: AskUnlockDto): Promise<PreCheckView> {
    return this.preChecks.preCheck(caller, form);
  }

  /** Ask for a handset to be unlocked; it is decided at once. */
  @Post()
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, DuplicateUnlockRequest)
  requestUnlock(@Asked() call: Call, @Body() form: RequestUnlockDto): Promise<UnlockRequestView> {
    return this.intake.request(call, form);
  }

  /** List requests, or work a queue. */
  @Get()
  @Allow('unlock-requests:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listUnlockRequests(@By() caller: Caller, @Query() query: UnlockRequestsQuery): Promise<UnlockRequestPageView> {
    return this.read.list(caller, query);
  }

  /** Find the requests made for a handset, the latest first. */
  @Post('find')
  @HttpCode(200)
  @Allow('unlock-requests:read')
  @Refuses(...READ_REFUSALS, ...BODY_REFUSALS)
  async findUnlockRequests(@By() caller: Caller, @Body() form: FindUnlockRequestsDto): Promise<UnlockRequestPageView> {
    return { items: await this.read.ofDevice(caller, askedImei(form.identifier)), nextCursor: null };
  }

  /** Show one request, with every rule that was looked at. */
  @Get(':id')
  @Allow('unlock-requests:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getUnlockRequest(@By() caller: Caller, @Param() { id }: UnlockRequestParams): Promise<UnlockRequestView> {
    return this.read.get(caller, id);
  }

  /** Cancel a request that is no longer wanted. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  cancelUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.intake.cancel(call, id, reason);
  }
}

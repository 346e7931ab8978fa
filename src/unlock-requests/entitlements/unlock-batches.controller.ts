import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
import { ReasonDto } from '../requests/unlock-request.dto.js';
import { EntitlementParams, ProposeBatchDto, UnlockBatchParams, UnlockBatchQuery } from './entitlements.dto.js';
import { EntitlementNotInForce } from './entitlements.errors.js';
import { UnlockBatchPageView, UnlockBatchView } from './entitlements.view.js';
import { UnlockBatchesReads } from './unlock-batches.query.js';
import { UnlockBatches } from './unlock-batches.service.js';

@ApiTags('Unlock entitlements')
@Controller('v1')
export class UnlockBatchesController {
  constructor(
    private readonly batches: UnlockBatches,
    private readonly read: UnlockBatchesReads,
  ) {}

  /** Ask for many handsets to be unlocked under an entitlement: by its owner, or by staff for them. */
  @Post('unlock-entitlements/:id/batches')
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, EntitlementNotInForce)
  proposeUnlockBatch(
    @Asked() call: Call,
    @Param() { id }: EntitlementParams,
    @Body() form: ProposeBatchDto,
  ): Promise<UnlockBatchView> {
    return this.batches.propose(call, id, form);
  }

  /** Show a batch and what became of each of its handsets. */
  @Get('unlock-batches/:id')
  @Allow('unlock-requests:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getUnlockBatch(
    @By() caller: Caller,
    @Param() { id }: UnlockBatchParams,
    @Query() query: UnlockBatchQuery,
  ): Promise<UnlockBatchPageView> {
    return this.read.get(caller, id, query);
  }

  /** Make requests of a batch, as somebody who did not hand it in. Each is then decided by the rules. */
  @Post('unlock-batches/:id/approve')
  @HttpCode(200)
  @Allow('unlock-requests:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded, EntitlementNotInForce)
  approveUnlockBatch(@Asked() call: Call, @Param() { id }: UnlockBatchParams): Promise<UnlockBatchView> {
    return this.batches.approve(call, id);
  }

  /** Refuse a batch, as somebody who did not hand it in. */
  @Post('unlock-batches/:id/refuse')
  @HttpCode(200)
  @Allow('unlock-requests:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  refuseUnlockBatch(
    @Asked() call: Call,
    @Param() { id }: UnlockBatchParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockBatchView> {
    return this.batches.refuse(call, id, reason);
  }
}

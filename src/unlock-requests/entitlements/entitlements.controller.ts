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
import { ReasonDto } from '../requests/unlock-request.dto.js';
import { EntitlementParams, EntitlementsQuery, ProposeEntitlementDto } from './entitlements.dto.js';
import { EntitlementCodeTaken } from './entitlements.errors.js';
import { EntitlementsReads } from './entitlements.query.js';
import { Entitlements } from './entitlements.service.js';
import { EntitlementPageView, EntitlementView } from './entitlements.view.js';

@ApiTags('Unlock entitlements')
@Controller('v1/unlock-entitlements')
export class EntitlementsController {
  constructor(
    private readonly entitlements: Entitlements,
    private readonly read: EntitlementsReads,
  ) {}

  /** Propose that a bulk holder may have handsets unlocked. */
  @Post()
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, EntitlementCodeTaken)
  proposeUnlockEntitlement(@Asked() call: Call, @Body() form: ProposeEntitlementDto): Promise<EntitlementView> {
    return this.entitlements.propose(call, form);
  }

  /** List entitlements, the latest first. */
  @Get()
  @Allow('unlock-requests:decide')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listUnlockEntitlements(@Query() query: EntitlementsQuery): Promise<EntitlementPageView> {
    return this.read.list(query);
  }

  /** Show one entitlement. */
  @Get(':id')
  @Allow('unlock-requests:decide')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getUnlockEntitlement(@Param() { id }: EntitlementParams): Promise<EntitlementView> {
    return this.read.get(id);
  }

  /** Put an entitlement into force, as somebody who did not propose it. */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('unlock-requests:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  approveUnlockEntitlement(@Asked() call: Call, @Param() { id }: EntitlementParams): Promise<EntitlementView> {
    return this.entitlements.approve(call, id);
  }

  /** Say that it is still right, for ninety days from now, as somebody who neither proposed it nor said so last. */
  @Post(':id/recertify')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  recertifyUnlockEntitlement(@Asked() call: Call, @Param() { id }: EntitlementParams): Promise<EntitlementView> {
    return this.entitlements.recertify(call, id);
  }

  /** Stop it until somebody has recertified it. */
  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  suspendUnlockEntitlement(
    @Asked() call: Call,
    @Param() { id }: EntitlementParams,
    @Body() { reason }: ReasonDto,
  ): Promise<EntitlementView> {
    return this.entitlements.suspend(call, id, reason);
  }

  /** End it for good. */
  @Post(':id/end')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  endUnlockEntitlement(
    @Asked() call: Call,
    @Param() { id }: EntitlementParams,
    @Body() { reason }: ReasonDto,
  ): Promise<EntitlementView> {
    return this.entitlements.end(call, id, reason);
  }
}

import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
import { CodeBatchesReads } from './code-batches.query.js';
import { CodeBatches } from './code-batches.service.js';
import {
  CodeBatchesQuery,
  CodeBatchPageView,
  CodeBatchParams,
  CodeBatchView,
  QuarantinedCodeView,
  QuarantinePageView,
  QuarantineQuery,
  UnlockCodeParams,
} from './code-batches.view.js';
import { AnotherCodeHeld } from './unlock-codes.errors.js';

@ApiTags('Unlock codes')
@Controller('v1')
export class CodeBatchesController {
  constructor(
    private readonly batches: CodeBatches,
    private readonly read: CodeBatchesReads,
  ) {}

  /** List makers' files of codes, the latest first. */
  @Get('unlock-code-batches')
  @Allow('unlock-codes:write')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listUnlockCodeBatches(@Query() query: CodeBatchesQuery): Promise<CodeBatchPageView> {
    return this.read.batches(query);
  }

  /** Let a file of codes in, as somebody who did not hand it in. */
  @Post('unlock-code-batches/:id/approve')
  @HttpCode(200)
  @Allow('unlock-codes:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  approveUnlockCodeBatch(@Asked() call: Call, @Param() { id }: CodeBatchParams): Promise<CodeBatchView> {
    return this.batches.approve(call, id);
  }

  /** Refuse a file of codes; none of them is ever given out. */
  @Post('unlock-code-batches/:id/refuse')
  @HttpCode(200)
  @Allow('unlock-codes:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  refuseUnlockCodeBatch(@Asked() call: Call, @Param() { id }: CodeBatchParams): Promise<CodeBatchView> {
    return this.batches.refuse(call, id);
  }

  /** List codes in quarantine: those that contradict another one, or belong to a handset nobody knows. */
  @Get('unlock-codes')
  @Allow('unlock-codes:write')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listQuarantinedCodes(@Query() query: QuarantineQuery): Promise<QuarantinePageView> {
    return this.read.quarantine(query);
  }

  /** Let a code out of quarantine, as somebody who did not hand it in. */
  @Post('unlock-codes/:id/release')
  @HttpCode(200)
  @Allow('unlock-codes:approve')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, SecondPersonNeeded, AnotherCodeHeld)
  releaseUnlockCode(@Asked() call: Call, @Param() { id }: UnlockCodeParams): Promise<QuarantinedCodeView> {
    return this.batches.release(call, id);
  }

  /** Throw a quarantined code away. */
  @Post('unlock-codes/:id/discard')
  @HttpCode(200)
  @Allow('unlock-codes:approve')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, SecondPersonNeeded)
  discardUnlockCode(@Asked() call: Call, @Param() { id }: UnlockCodeParams): Promise<QuarantinedCodeView> {
    return this.batches.discard(call, id);
  }
}

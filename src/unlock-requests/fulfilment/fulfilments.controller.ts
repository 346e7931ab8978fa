import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { ReasonDto, UnlockRequestParams } from '../requests/unlock-request.dto.js';
import { UnlockRequestView } from '../requests/unlock-request.view.js';
import { HandsetBlocked } from '../requests/unlock-requests.errors.js';
import { Fulfilments } from './fulfilments.service.js';

@ApiTags('Unlock reviews')
@Controller('v1/unlock-requests/:id')
export class UnlockFulfilmentController {
  constructor(private readonly fulfilments: Fulfilments) {}

  /** Note that the maker or the network has confirmed the unlock. */
  @Post('complete')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState)
  completeUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.fulfilments.complete(call, id, reason);
  }

  /** Note that an unlock that was approved cannot be carried out. */
  @Post('fail')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  failUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.fulfilments.fail(call, id, reason);
  }

  /** Try once more to carry out an unlock that failed, as the recipe of the handset says now. */
  @Post('retry')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, HandsetBlocked)
  retryUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.fulfilments.retry(call, id, reason);
  }

  /** Have a person look at an unlock that failed. */
  @Post('review')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  reviewUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.fulfilments.review(call, id, reason);
  }
}

import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { StepUpNeeded } from '../../access/step-up.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { UnlockRequestParams } from '../requests/unlock-request.dto.js';
import { HandsetBlocked } from '../requests/unlock-requests.errors.js';
import { RevealCodeDto, RevealedCodeView } from './reveal.view.js';
import { UnlockReveals } from './reveals.service.js';
import { CodeShown } from './unlock-codes.errors.js';

@ApiTags('Unlock codes')
@Controller('v1/unlock-requests/:id')
export class UnlockRevealsController {
  constructor(private readonly reveals: UnlockReveals) {}

  /** Show the next code of a request, once, to somebody who has just proved who they are. */
  @Post('reveal-code')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Allow('unlock-requests:reveal')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, StepUpNeeded, NotFound, WrongState, HandsetBlocked, CodeShown)
  revealUnlockCode(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { purpose }: RevealCodeDto,
  ): Promise<RevealedCodeView> {
    return this.reveals.reveal(call, id, purpose);
  }
}

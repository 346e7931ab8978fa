import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { UnlockRequestParams } from '../requests/unlock-request.dto.js';
import { UnlockRequestView } from '../requests/unlock-request.view.js';
import { NoMoreExtensions } from '../requests/unlock-requests.errors.js';
import { ExtendUnlockDto } from './extensions.dto.js';
import { UnlockExtensions } from './extensions.service.js';

@ApiTags('Unlock reviews')
@Controller('v1/unlock-requests/:id')
export class UnlockExtensionsController {
  constructor(private readonly extensions: UnlockExtensions) {}

  /** Take more time to settle a request, twice at most; the customer is told why, and that counts as an answer. */
  @Post('extend')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, NoMoreExtensions)
  extendUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() form: ExtendUnlockDto,
  ): Promise<UnlockRequestView> {
    return this.extensions.extend(call, id, form);
  }
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { By } from '../../access/caller.decorator.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { DuplicateUnlockRequest } from '../requests/unlock-requests.errors.js';
import { Confirmations } from './confirmations.service.js';
import { OwnRequests } from './own-requests.service.js';
import { ConfirmUnlockDto, OwnUnlockDto, ResendUnlockDto, SubmitUnlockDto } from './self-service.dto.js';
import { ConfirmationExpired, ConfirmationUsed, SourceSuspended } from './self-service.errors.js';
import { ByStrangers } from './source.guard.js';
import { ConfirmedUnlockView, ResentUnlockView, SubmittedUnlockView, UnlockStatusView } from './status.view.js';
import { STRANGER_ACT_REFUSALS, STRANGER_READ_REFUSALS } from './stranger-refusals.js';
import { Submissions } from './submissions.service.js';

@ApiTags('Self-service unlock')
@Controller('v1/self-service/unlock-requests')
@ByStrangers()
export class SelfServiceController {
  constructor(
    private readonly submissions: Submissions,
    private readonly confirmations: Confirmations,
    private readonly own: OwnRequests,
  ) {}

  /** Ask for a handset to be unlocked, without signing in. The answer is the same whatever the handset is. */
  @Post()
  @HttpCode(202)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, SourceSuspended)
  submitUnlockRequest(@Asked() call: Call, @Body() form: SubmitUnlockDto): Promise<SubmittedUnlockView> {
    return this.submissions.submit(call, form);
  }

  /** Confirm a request with the token of the mailed link; it is decided at once. The token works once. */
  @Post('confirm')
  @HttpCode(200)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, ConfirmationUsed, ConfirmationExpired, DuplicateUnlockRequest)
  confirmUnlockRequest(@Asked() call: Call, @Body() { token }: ConfirmUnlockDto): Promise<ConfirmedUnlockView> {
    return this.confirmations.confirm(call, token);
  }

  /** Have a new link sent. The answer is the same whether there is such a request or not. */
  @Post('resend')
  @HttpCode(202)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS)
  resendUnlockLink(@Asked() call: Call, @Body() form: ResendUnlockDto): Promise<ResentUnlockView> {
    return this.submissions.resend(call, form);
  }

  /** Tell everything about a request. Changes nothing; a POST only to keep number and token out of addresses and logs. */
  @Post('status')
  @HttpCode(200)
  @Refuses(...STRANGER_READ_REFUSALS, NotFound)
  showUnlockStatus(@By() caller: Caller, @Body() form: OwnUnlockDto): Promise<UnlockStatusView> {
    return this.own.status(caller, form);
  }
}

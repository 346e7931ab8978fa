import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { RevealedCodeView } from '../codes/reveal.view.js';
import { CodeShown } from '../codes/unlock-codes.errors.js';
import { AppealTooLate, DuplicateUnlockRequest, HandsetBlocked } from '../requests/unlock-requests.errors.js';
import { OneTimeCodes, OwnReveals } from './one-time-codes.service.js';
import { OwnRequests } from './own-requests.service.js';
import {
  NoteOwnAttemptsDto,
  OwnUnlockDto,
  ReasonedOwnUnlockDto,
  ReportOwnUnlockDto,
  RevealOwnCodeDto,
} from './self-service.dto.js';
import { NothingToShow, OneTimeCodeWrong } from './self-service.errors.js';
import { ByStrangers } from './source.guard.js';
import { SentCodeView, UnlockStatusView } from './status.view.js';
import { STRANGER_ACT_REFUSALS } from './stranger-refusals.js';

@ApiTags('Self-service unlock')
@Controller('v1/self-service/unlock-requests')
@ByStrangers()
export class OwnRequestsController {
  constructor(
    private readonly own: OwnRequests,
    private readonly codes: OneTimeCodes,
    private readonly reveals: OwnReveals,
  ) {}

  /** Have six digits mailed that open the way to the unlock code. */
  @Post('one-time-code')
  @HttpCode(200)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, NothingToShow)
  sendOneTimeCode(@Asked() call: Call, @Body() form: OwnUnlockDto): Promise<SentCodeView> {
    return this.codes.send(call, form);
  }

  /** Show the unlock code, once, to whoever has the six digits. */
  @Post('reveal')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, OneTimeCodeWrong, NothingToShow, WrongState, HandsetBlocked, CodeShown)
  revealOwnUnlockCode(@Asked() call: Call, @Body() form: RevealOwnCodeDto): Promise<RevealedCodeView> {
    return this.reveals.reveal(call, form);
  }

  /** Say whether the handset took the unlock. A code that failed is never shown again. */
  @Post('report')
  @HttpCode(200)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, WrongState)
  reportOwnUnlock(@Asked() call: Call, @Body() form: ReportOwnUnlockDto): Promise<UnlockStatusView> {
    return this.own.report(call, form);
  }

  /** Ask a person to look at a denial: once, within thirty days. */
  @Post('appeal')
  @HttpCode(200)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, WrongState, AppealTooLate, DuplicateUnlockRequest)
  appealOwnUnlockRequest(@Asked() call: Call, @Body() form: ReasonedOwnUnlockDto): Promise<UnlockStatusView> {
    return this.own.appeal(call, form);
  }

  /** Cancel a request that is no longer wanted. */
  @Post('cancel')
  @HttpCode(200)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, WrongState)
  cancelOwnUnlockRequest(@Asked() call: Call, @Body() form: ReasonedOwnUnlockDto): Promise<UnlockStatusView> {
    return this.own.cancel(call, form);
  }

  /** Note how many tries the handset says are left, before anything is tried. */
  @Post('note-attempts')
  @HttpCode(200)
  @Idempotent()
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound)
  noteOwnUnlockAttempts(@Asked() call: Call, @Body() form: NoteOwnAttemptsDto): Promise<UnlockStatusView> {
    return this.own.noteAttempts(call, form);
  }
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { UnlockOwners } from './owners.service.js';
import { NoteAttemptsDto, ReasonDto, ReportUnlockDto, UnlockRequestParams } from './unlock-request.dto.js';
import { UnlockRequestView } from './unlock-request.view.js';
import { AppealTooLate, DuplicateUnlockRequest } from './unlock-requests.errors.js';

@ApiTags('Unlock requests')
@Controller('v1/unlock-requests/:id')
export class UnlockOwnersController {
  constructor(private readonly owners: UnlockOwners) {}

  /** Ask a person to look at a denial: once, within thirty days. */
  @Post('appeal')
  @HttpCode(200)
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, AppealTooLate, DuplicateUnlockRequest)
  appealUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.owners.appeal(call, id, reason);
  }

  /** Say whether the handset took the unlock. A code that failed is never shown again. */
  @Post('report')
  @HttpCode(200)
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState)
  reportUnlock(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() form: ReportUnlockDto,
  ): Promise<UnlockRequestView> {
    return this.owners.report(call, id, form);
  }

  /** Note how many tries the handset says are left, before anything is tried. */
  @Post('note-attempts')
  @HttpCode(200)
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState)
  noteUnlockAttempts(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { attemptsLeft }: NoteAttemptsDto,
  ): Promise<UnlockRequestView> {
    return this.owners.noteAttempts(call, id, attemptsLeft);
  }
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { ReasonDto, UnlockRequestParams } from '../requests/unlock-request.dto.js';
import { UnlockRequestView } from '../requests/unlock-request.view.js';
import { ApprovalNotProposed, ApprovalProposed, HandsetBlocked } from '../requests/unlock-requests.errors.js';
import { AskDocumentsDto, DenyUnlockDto } from './reviews.dto.js';
import { Reviews } from './reviews.service.js';

@ApiTags('Unlock reviews')
@Controller('v1/unlock-requests/:id')
export class UnlockReviewsController {
  constructor(private readonly reviews: Reviews) {}

  /** Propose to approve a request under review though a rule is not met; a second person decides. */
  @Post('propose-approval')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, ApprovalProposed)
  proposeUnlockApproval(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.reviews.propose(call, id, reason);
  }

  /** Approve what somebody else has proposed. The block lists are asked once more. */
  @Post('approve')
  @HttpCode(200)
  @Allow('unlock-requests:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, ApprovalNotProposed, SecondPersonNeeded, HandsetBlocked)
  approveUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.reviews.approve(call, id, reason);
  }

  /** Deny a request under review, with every reason. */
  @Post('deny')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  denyUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() form: DenyUnlockDto,
  ): Promise<UnlockRequestView> {
    return this.reviews.deny(call, id, form);
  }

  /** Ask the customer for a document; the clocks stand still until it comes. */
  @Post('ask-documents')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  askUnlockDocuments(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() form: AskDocumentsDto,
  ): Promise<UnlockRequestView> {
    return this.reviews.askDocuments(call, id, form);
  }

  /** Take an approval back, before the handset is unlocked. */
  @Post('revoke')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  revokeUnlockRequest(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockRequestView> {
    return this.reviews.revoke(call, id, reason);
  }
}

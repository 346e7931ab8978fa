import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { BodyTooLarge, MalformedBody, NotFound, UnsupportedMediaType, WrongState } from '../../platform/problems.js';
import { AnotherCodeHeld, CodeKnown } from '../codes/unlock-codes.errors.js';
import { UnlockRequestParams } from '../requests/unlock-request.dto.js';
import { UnlockRequestView } from '../requests/unlock-request.view.js';
import { DuplicateUnlockRequest } from '../requests/unlock-requests.errors.js';
import { CheckBroughtHandsetDto, RecordCodeDto, RequestBroughtHandsetDto } from './brought-handset.dto.js';
import { BroughtHandsetView } from './brought-handset.view.js';
import { BroughtHandsets } from './brought-handsets.service.js';
import { BroughtIntake } from './brought-intake.service.js';
import { RecordedCodes } from './recorded-codes.service.js';

@ApiTags('Brought handsets')
@Controller('v1')
export class BroughtHandsetsController {
  constructor(
    private readonly handsets: BroughtHandsets,
    private readonly intake: BroughtIntake,
    private readonly codes: RecordedCodes,
  ) {}

  /**
   * Look at a handset that a customer brings: what it is, which of our bands it has and lacks, whether it is listed,
   * its lock, and the ways that are open. Changes nothing; a POST only to keep the IMEI out of addresses and logs.
   */
  @Post('brought-handsets/check')
  @HttpCode(200)
  @Allow('unlock-requests:ask')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  checkBroughtHandset(@By() caller: Caller, @Body() form: CheckBroughtHandsetDto): Promise<BroughtHandsetView> {
    return this.handsets.check(caller, form);
  }

  /** Ask for a handset that a customer brings to be unlocked; it is decided at once. */
  @Post('brought-handsets')
  @Allow('unlock-requests:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, DuplicateUnlockRequest)
  requestBroughtHandset(@Asked() call: Call, @Body() form: RequestBroughtHandsetDto): Promise<UnlockRequestView> {
    return this.intake.request(call, form);
  }

  /** Write down the code another carrier gave us as the owner's agent; the customer can have it at once. */
  @Post('unlock-requests/:id/record-code')
  @HttpCode(200)
  @Allow('unlock-codes:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, SecondPersonNeeded, AnotherCodeHeld, CodeKnown)
  recordUnlockCode(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Body() form: RecordCodeDto,
  ): Promise<UnlockRequestView> {
    return this.codes.record(call, id, form);
  }
}

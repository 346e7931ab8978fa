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
import { TradeInParams } from '../trades/trade-in.dto.js';
import { TradeInView } from '../trades/trade-in.view.js';
import { MoreThanIsOwed } from '../trades/trade-ins.errors.js';
import { ClawBacks } from './claw-backs.service.js';
import { ClawBackDto, WriteOffDto } from './money.dto.js';
import { WriteOffs } from './write-offs.service.js';

@ApiTags('Trade-in money')
@Controller('v1/trade-ins/:id')
export class TradeInLossesController {
  constructor(
    private readonly clawBacks: ClawBacks,
    private readonly writeOffs: WriteOffs,
  ) {}

  /** Take back what was paid: what was on top, or all. */
  @Post('claw-back')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  clawBackTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: ClawBackDto,
  ): Promise<TradeInView> {
    return this.clawBacks.clawBack(call, id, form);
  }

  /** Write off what is owed to us for a trade-in that came to nothing, and that nobody will pay. */
  @Post('write-off')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, MoreThanIsOwed, SecondPersonNeeded)
  writeOffTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: WriteOffDto,
  ): Promise<TradeInView> {
    return this.writeOffs.writeOff(call, id, form);
  }
}

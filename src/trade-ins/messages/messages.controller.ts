import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { TradeInParams } from '../trades/trade-in.dto.js';
import { WriteMessageDto } from './message.dto.js';
import { TradeInMessagePageView, TradeInMessageView } from './message.view.js';
import { TradeInMessages } from './messages.service.js';

@ApiTags('Trade-in messages')
@Controller('v1/trade-ins/:id/messages')
export class TradeInMessagesController {
  constructor(private readonly messages: TradeInMessages) {}

  /** Write to the other side of a trade-in. */
  @Post()
  @Allow('trade-ins:ask')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound)
  writeTradeInMessage(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { text }: WriteMessageDto,
  ): Promise<TradeInMessageView> {
    return this.messages.write(call, id, text);
  }

  /** Read what both sides of a trade-in wrote. */
  @Get()
  @Allow('trade-ins:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS, NotFound)
  listTradeInMessages(@By() caller: Caller, @Param() { id }: TradeInParams): Promise<TradeInMessagePageView> {
    return this.messages.read(caller, id);
  }
}

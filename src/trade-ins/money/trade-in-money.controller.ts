import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { TradeInParams } from '../trades/trade-in.dto.js';
import { TradeInView } from '../trades/trade-in.view.js';
import { PayoutNotCleared } from '../trades/trade-ins.errors.js';
import { ConfirmPayoutDto, FailPayoutDto, StopCreditsDto } from './money.dto.js';
import { MoneyEntries } from './money-entries.query.js';
import { MoneyEntriesView } from './money-entries.view.js';
import { Payouts } from './payouts.service.js';
import { Settlement } from './settlement.service.js';

@ApiTags('Trade-in money')
@Controller('v1/trade-ins/:id')
export class TradeInMoneyController {
  constructor(
    private readonly settlement: Settlement,
    private readonly payouts: Payouts,
    private readonly entries: MoneyEntries,
  ) {}

  /** Show the postings of a trade-in and what stands on each account. */
  @Get('money-entries')
  @Allow('reports:read')
  @Refuses(...READ_REFUSALS, NotFound)
  listTradeInMoneyEntries(@By() caller: Caller, @Param() { id }: TradeInParams): Promise<MoneyEntriesView> {
    return this.entries.ofTrade(caller, id);
  }

  /** Pay what was agreed, once, when the registries say nothing against it now; else it is suspended. */
  @Post('settle')
  @HttpCode(200)
  @Allow('trade-ins:settle')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, PayoutNotCleared, SecondPersonNeeded)
  settleTradeIn(@Asked() call: Call, @Param() { id }: TradeInParams): Promise<TradeInView> {
    return this.settlement.settle(call, id);
  }

  /** Confirm that a credit was paid by the system that pays it. */
  @Post('confirm-payout')
  @HttpCode(200)
  @Allow('trade-ins:pay')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  confirmTradeInPayout(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: ConfirmPayoutDto,
  ): Promise<TradeInView> {
    return this.payouts.confirm(call, id, form);
  }

  /** Tell that a credit could not be paid by the system that pays it. */
  @Post('fail-payout')
  @HttpCode(200)
  @Allow('trade-ins:pay')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  failTradeInPayout(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: FailPayoutDto,
  ): Promise<TradeInView> {
    return this.payouts.fail(call, id, form);
  }

  /** End what is given on top month by month, for a reason that the terms name. */
  @Post('stop-credits')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, PayoutNotCleared)
  stopTradeInCredits(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { reason }: StopCreditsDto,
  ): Promise<TradeInView> {
    return this.payouts.stop(call, id, reason);
  }
}

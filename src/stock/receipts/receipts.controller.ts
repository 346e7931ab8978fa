import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { AlreadyInStock } from '../stock.errors.js';
import { ListReceiptsQuery, ReceiptParams, ReceiveStockDto } from './receipt.dto.js';
import { ReceiptDetailView, ReceiptPageView, StockReceivedView } from './receipt.view.js';
import { ReceiptsQuery } from './receipts.query.js';
import { Receipts } from './receipts.service.js';

@ApiTags('Receipts')
@Controller('v1/receipts')
export class ReceiptsController {
  constructor(
    private readonly read: ReceiptsQuery,
    private readonly receipts: Receipts,
  ) {}

  /** Take a delivery into stock: all of it or nothing. */
  @Post()
  @Allow('stock:receive')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, AlreadyInStock)
  receiveStock(@Asked() call: Call, @Body() form: ReceiveStockDto): Promise<StockReceivedView> {
    return this.receipts.receive(call, form);
  }

  /** List receipts, newest first. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listReceipts(@By() caller: Caller, @Query() query: ListReceiptsQuery): Promise<ReceiptPageView> {
    return this.read.receipts(caller, query);
  }

  /** Show one receipt and what came in with it. */
  @Get(':id')
  @Allow('stock:read')
  @Refuses(...READ_REFUSALS, NotFound)
  getReceipt(@By() caller: Caller, @Param() { id }: ReceiptParams): Promise<ReceiptDetailView> {
    return this.read.receipt(caller, id);
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import {
  CreatePriceBookDto,
  FreezePriceVersionDto,
  PriceBookParams,
  PriceDiffQuery,
  PriceVersionDto,
  PriceVersionParams,
  PriceVersionsQuery,
} from './price-book.dto.js';
import {
  PriceBookPageView,
  PriceBookView,
  PriceDiffPageView,
  PriceLinePageView,
  PriceVersionPageView,
  PriceVersionView,
} from './price-book.view.js';
import { PriceBookTaken, PriceVersionEmpty, PriceVersionTaken, PriceWindowTaken } from './price-books.errors.js';
import { PriceBooksReads } from './price-books.query.js';
import { PriceBooks } from './price-books.service.js';
import { PriceVersions } from './price-versions.service.js';

@ApiTags('Price books')
@Controller('v1')
export class PriceBooksController {
  constructor(
    private readonly books: PriceBooks,
    private readonly versions: PriceVersions,
    private readonly read: PriceBooksReads,
  ) {}

  /** Open a book of prices that we pay for handsets. */
  @Post('price-books')
  @Allow('price-books:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, PriceBookTaken)
  createPriceBook(@Asked() call: Call, @Body() form: CreatePriceBookDto): Promise<PriceBookView> {
    return this.books.create(call, form);
  }

  /** List the price books. */
  @Get('price-books')
  @Allow('price-books:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS)
  listPriceBooks(): Promise<PriceBookPageView> {
    return this.read.books();
  }

  /** Draft the next version of a price book; its prices are read in from a file of PRICE_LINES. */
  @Post('price-books/:id/versions')
  @Allow('price-books:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, PriceVersionTaken)
  draftPriceVersion(
    @Asked() call: Call,
    @Param() { id }: PriceBookParams,
    @Body() form: PriceVersionDto,
  ): Promise<PriceVersionView> {
    return this.versions.draft(call, id, form);
  }

  /** List versions of price books, the latest first. */
  @Get('price-versions')
  @Allow('price-books:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listPriceVersions(@Query() query: PriceVersionsQuery): Promise<PriceVersionPageView> {
    return this.read.versions(query);
  }

  /** Show one version of a price book. */
  @Get('price-versions/:id')
  @Allow('price-books:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getPriceVersion(@Param() { id }: PriceVersionParams): Promise<PriceVersionView> {
    return this.read.version(id);
  }

  /** List the prices of a version. */
  @Get('price-versions/:id/lines')
  @Allow('price-books:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listPriceLines(@Param() { id }: PriceVersionParams, @Query() query: PageQuery): Promise<PriceLinePageView> {
    return this.read.lines(id, query);
  }

  /** List what a version pays otherwise than another one. */
  @Get('price-versions/:id/diff')
  @Allow('price-books:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  diffPriceVersions(@Param() { id }: PriceVersionParams, @Query() query: PriceDiffQuery): Promise<PriceDiffPageView> {
    return this.read.diff(id, query.against, query);
  }

  /** Write a draft anew, its prices apart; whoever does so cannot approve it. */
  @Put('price-versions/:id')
  @Allow('price-books:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, PriceVersionTaken)
  revisePriceVersion(
    @Asked() call: Call,
    @Param() { id }: PriceVersionParams,
    @Body() form: PriceVersionDto,
  ): Promise<PriceVersionView> {
    return this.versions.revise(call, id, form);
  }

  /** Put a draft into force, as somebody who did not write it. Quotes that were made keep their prices. */
  @Post('price-versions/:id/approve')
  @HttpCode(200)
  @Allow('price-books:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded, PriceVersionEmpty, PriceWindowTaken)
  approvePriceVersion(@Asked() call: Call, @Param() { id }: PriceVersionParams): Promise<PriceVersionView> {
    return this.versions.approve(call, id);
  }

  /** Throw a draft away. */
  @Post('price-versions/:id/discard')
  @HttpCode(200)
  @Allow('price-books:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  discardPriceVersion(@Asked() call: Call, @Param() { id }: PriceVersionParams): Promise<PriceVersionView> {
    return this.versions.discard(call, id);
  }

  /** Freeze a version: it makes no more quotes, and those it has made keep their word. */
  @Post('price-versions/:id/freeze')
  @HttpCode(200)
  @Allow('price-books:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  freezePriceVersion(
    @Asked() call: Call,
    @Param() { id }: PriceVersionParams,
    @Body() { reason }: FreezePriceVersionDto,
  ): Promise<PriceVersionView> {
    return this.versions.freeze(call, id, reason);
  }

  /** Let a frozen version make quotes again, as somebody who did not freeze it. */
  @Post('price-versions/:id/thaw')
  @HttpCode(200)
  @Allow('price-books:approve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  thawPriceVersion(@Asked() call: Call, @Param() { id }: PriceVersionParams): Promise<PriceVersionView> {
    return this.versions.thaw(call, id);
  }
}

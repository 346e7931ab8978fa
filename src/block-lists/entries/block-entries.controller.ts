import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import {
  BodyTooLarge,
  MalformedBody,
  NotFound,
  Stale,
  UnsupportedMediaType,
  WrongState,
} from '../../platform/problems.js';
import { AlreadyListed } from '../block-lists.errors.js';
import { BlockEntriesQuery } from './block-entries.query.js';
import { BlockEntries } from './block-entries.service.js';
import {
  AddBlockEntryDto,
  BlockEntryParams,
  FindBlockEntriesDto,
  LiftBlockEntryDto,
  ListBlockEntriesQuery,
} from './block-entry.dto.js';
import { BlockEntriesOfDeviceView, BlockEntryPageView, BlockEntryView } from './block-entry.view.js';

@ApiTags('Block lists')
@Controller('v1/block-lists/entries')
export class BlockEntriesController {
  constructor(
    private readonly read: BlockEntriesQuery,
    private readonly entries: BlockEntries,
  ) {}

  /** List the devices on the lists kept here, the latest entry first. */
  @Get()
  @Allow('block-lists:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listBlockEntries(@Query() query: ListBlockEntriesQuery): Promise<BlockEntryPageView> {
    return this.read.entries(query);
  }

  /** Find the entries of one device. Changes nothing; a POST only to keep the IMEI out of addresses and logs. */
  @Post('find')
  @HttpCode(200)
  @Allow('block-lists:read')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  findBlockEntries(@Body() form: FindBlockEntriesDto): Promise<BlockEntriesOfDeviceView> {
    return this.read.ofDevice(form);
  }

  /** Put a device on a list. */
  @Post()
  @Allow('block-lists:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, AlreadyListed)
  addBlockEntry(@Asked() call: Call, @Body() form: AddBlockEntryDto): Promise<BlockEntryView> {
    return this.entries.add(call, form);
  }

  /** Take a device off a list. */
  @Post(':id/lift')
  @HttpCode(200)
  @Allow('block-lists:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  liftBlockEntry(
    @Asked() call: Call,
    @Param() { id }: BlockEntryParams,
    @Body() form: LiftBlockEntryDto,
  ): Promise<BlockEntryView> {
    return this.entries.lift(call, id, form);
  }
}

import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { FilesUnavailable } from '../../platform/files/files.errors.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { TradeInParams } from '../trades/trade-in.dto.js';
import { PhotographBody, TakesPhotograph } from './photograph-body.decorator.js';
import { TradeInPhotographPageView, TradeInPhotographParams, TradeInPhotographView } from './photograph.view.js';
import { TooManyPhotographs } from './photographs.errors.js';
import { TradeInPhotographsReads } from './photographs.query.js';
import { TradeInPhotographs } from './photographs.service.js';

const MOST_KEPT_BYTES = 20 * 1024 * 1024;

@ApiTags('Trade-in photographs')
@Controller('v1')
export class TradeInPhotographsController {
  constructor(
    private readonly photographs: TradeInPhotographs,
    private readonly read: TradeInPhotographsReads,
  ) {}

  /** Hand in a photograph of the handset: JPEG, PNG or WebP, at most 10 MiB. It is kept as a JPEG without anything but the picture. */
  @Post('trade-ins/:id/photographs')
  @Allow('trade-ins:inspect')
  @Idempotent()
  @TakesPhotograph()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, TooManyPhotographs, FilesUnavailable)
  takeTradeInPhotograph(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @PhotographBody() photograph: Readable,
  ): Promise<TradeInPhotographView> {
    return this.photographs.take(call, id, photograph);
  }

  /** List the photographs of a trade-in, without the pictures. */
  @Get('trade-ins/:id/photographs')
  @Allow('trade-ins:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS, NotFound)
  listTradeInPhotographs(@By() caller: Caller, @Param() { id }: TradeInParams): Promise<TradeInPhotographPageView> {
    return this.read.ofTrade(caller, id);
  }

  /** Show a photograph. */
  @Get('trade-in-photographs/:id')
  @Allow('trade-ins:read')
  @RouteConfig({ work: 'report' })
  @ApiOkResponse({
    content: { 'image/jpeg': { schema: { type: 'string', format: 'binary', maxLength: MOST_KEPT_BYTES } } },
  })
  @Refuses(...READ_REFUSALS, NotFound, FilesUnavailable)
  async getTradeInPhotograph(
    @By() caller: Caller,
    @Param() { id }: TradeInPhotographParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const picture = await this.read.picture(caller, id);
    void reply
      .type('image/jpeg')
      .header('content-disposition', 'attachment; filename="photograph.jpg"')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store');
    return picture;
  }
}

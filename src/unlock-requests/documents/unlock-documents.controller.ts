import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { MOST_PAPER_BYTES, PaperBody, TakesPaper } from '../../platform/http/paper-body.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { ReasonDto, UnlockRequestParams } from '../requests/unlock-request.dto.js';
import {
  HandInDocumentQuery,
  UnlockDocumentPageView,
  UnlockDocumentParams,
  UnlockDocumentView,
} from './unlock-document.view.js';
import { UnlockDocumentsReads } from './unlock-documents.query.js';
import { UnlockDocuments } from './unlock-documents.service.js';

@ApiTags('Unlock documents')
@Controller('v1')
export class UnlockDocumentsController {
  constructor(
    private readonly documents: UnlockDocuments,
    private readonly read: UnlockDocumentsReads,
  ) {}

  /** Hand in a paper for a request that waits for one: PDF, JPEG or PNG, at most 10 MiB. */
  @Post('unlock-requests/:id/documents')
  @Allow('unlock-requests:ask')
  @Idempotent()
  @TakesPaper()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState)
  handInUnlockDocument(
    @Asked() call: Call,
    @Param() { id }: UnlockRequestParams,
    @Query() { type }: HandInDocumentQuery,
    @PaperBody() paper: Buffer,
  ): Promise<UnlockDocumentView> {
    return this.documents.handIn(call, id, type, paper);
  }

  /** List the papers of a request, without what they show. */
  @Get('unlock-requests/:id/documents')
  @Allow('unlock-requests:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS, NotFound)
  listUnlockDocuments(@By() caller: Caller, @Param() { id }: UnlockRequestParams): Promise<UnlockDocumentPageView> {
    return this.read.ofRequest(caller, id);
  }

  /** Look at a paper. Who looked is written down first. */
  @Post('unlock-documents/:id/read')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @ApiOkResponse({
    content: {
      'application/octet-stream': { schema: { type: 'string', format: 'binary', maxLength: MOST_PAPER_BYTES } },
    },
  })
  @Refuses(...ACT_REFUSALS, NotFound)
  async readUnlockDocument(
    @Asked() call: Call,
    @Param() { id }: UnlockDocumentParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { bytes, mediaType } = await this.documents.content(call, id);
    void reply
      .type('application/octet-stream')
      .header('x-media-type', mediaType)
      .header('content-disposition', 'attachment')
      .header('cache-control', 'no-store');
    return bytes;
  }

  /** Say that a paper holds, as somebody who did not hand it in; the request is decided again. */
  @Post('unlock-documents/:id/accept')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, SecondPersonNeeded)
  acceptUnlockDocument(
    @Asked() call: Call,
    @Param() { id }: UnlockDocumentParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockDocumentView> {
    return this.documents.accept(call, id, reason);
  }

  /** Say that a paper does not hold; another may be handed in. */
  @Post('unlock-documents/:id/reject')
  @HttpCode(200)
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, SecondPersonNeeded)
  rejectUnlockDocument(
    @Asked() call: Call,
    @Param() { id }: UnlockDocumentParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockDocumentView> {
    return this.documents.reject(call, id, reason);
  }
}

import { Controller, Headers, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { PaperBody, TakesPaper } from '../../platform/http/paper-body.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { HandInDocumentQuery } from '../documents/unlock-document.view.js';
import { OwnPapers } from './own-papers.service.js';
import { ByStrangers } from './source.guard.js';
import { UnlockStatusView } from './status.view.js';
import { STRANGER_ACT_REFUSALS } from './stranger-refusals.js';

const NUMBER = 'Unlock-Number';
const TOKEN = 'Unlock-Access-Token';

@ApiTags('Self-service unlock')
@Controller('v1/self-service/unlock-requests')
@ByStrangers()
export class OwnPapersController {
  constructor(private readonly papers: OwnPapers) {}

  /**
   * Hand in a paper for one's own request that waits for one: PDF, JPEG or PNG, at most 10 MiB. The body is the paper,
   * so the proof that the request is one's own stands in headers.
   */
  @Post('documents')
  @Idempotent()
  @TakesPaper()
  @ApiHeader({
    ...{ name: NUMBER, required: true, description: 'The number of the request.' },
    schema: { type: 'string', minLength: 1, maxLength: 64 },
    example: '7ZQK-4M0T-9XWA-B3HD-5',
  })
  @ApiHeader({
    ...{ name: TOKEN, required: true, description: 'What was given when the request was confirmed.' },
    schema: { type: 'string', minLength: 1, maxLength: 100 },
    example: 'bXk0mC2S7WQ6m8p0o1oGmA',
  })
  @Refuses(...STRANGER_ACT_REFUSALS, NotFound, WrongState)
  handInOwnUnlockDocument(
    @Asked() call: Call,
    @Headers(NUMBER.toLowerCase()) number: string | undefined,
    @Headers(TOKEN.toLowerCase()) accessToken: string | undefined,
    @Query() { type }: HandInDocumentQuery,
    @PaperBody() paper: Buffer,
  ): Promise<UnlockStatusView> {
    return this.papers.handIn(call, { number: number ?? '', accessToken: accessToken ?? '' }, type, paper);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Cached } from '../../platform/http/cached.decorator.js';
import { Public } from '../../platform/http/public.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { DatabaseUnavailable, InvalidInput, NotFound, ReducedCapacity } from '../../platform/problems.js';
import { choosePolicy, PolicyBook } from '../policies/policy-book.js';
import { policyInWords } from './policy-words.js';
import { PolicyInWordsQuery } from './policy-words.dto.js';
import { PolicyInWordsView } from './policy-words.view.js';

@ApiTags('Self-service unlock')
@Controller('v1/unlock-policies-in-words')
export class PolicyWordsController {
  constructor(private readonly book: PolicyBook) {}

  /** Say in plain words under which rules handsets are unlocked that were bought on a day. */
  @Get()
  @Public()
  @RouteConfig({ work: 'report' })
  @Cached()
  @Refuses(InvalidInput, NotFound, ReducedCapacity, DatabaseUnavailable)
  async tellUnlockPolicy(@Query() query: PolicyInWordsQuery): Promise<PolicyInWordsView> {
    const { jurisdiction, brand = null, segment = 'ANY', language = 'en' } = query;
    const on = query.on ?? new Date().toISOString().slice(0, 10);
    const key = { jurisdiction, brand, segment, purchasedOn: on, activatedOn: on };
    const policy = choosePolicy(await this.book.published(), key);
    if (!policy) throw new NotFound('No policy was in force on that day for such handsets.');
    const { code, effectiveFrom, effectiveTo } = policy;
    const whose = { code, jurisdiction: policy.jurisdiction, brand: policy.brand, segment: policy.segment };
    return { ...whose, effectiveFrom, effectiveTo, language, sentences: [...new Set(policyInWords(policy, language))] };
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { DraftGradeProfileDto } from './grade-profile.dto.js';
import { GradeProfilePageView, GradeProfileView } from './grade-profile.view.js';
import { GradeProfiles } from './grade-profiles.service.js';
import { StandardParams, StandardsQuery } from './standard.dto.js';
import { StandardCodeTaken } from './standards.errors.js';

@ApiTags('Bench standards')
@Controller('v1/grade-profiles')
export class GradeProfilesController {
  constructor(private readonly profiles: GradeProfiles) {}

  /** Draft a grade profile: which condition makes which retail grade. */
  @Post()
  @Allow('stock-standards:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, StandardCodeTaken)
  draftGradeProfile(@Asked() call: Call, @Body() form: DraftGradeProfileDto): Promise<GradeProfileView> {
    return this.profiles.draft(call, form);
  }

  /** List grade profiles, the latest first. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listGradeProfiles(@Query() query: StandardsQuery): Promise<GradeProfilePageView> {
    return this.profiles.list(query);
  }

  /** Show one version of the grade profile. */
  @Get(':id')
  @Allow('stock:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getGradeProfile(@Param() { id }: StandardParams): Promise<GradeProfileView> {
    return this.profiles.get(id);
  }

  /** Put a draft into force, as somebody who did not write it. */
  @Post(':id/publish')
  @HttpCode(200)
  @Allow('stock-standards:publish')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  publishGradeProfile(@Asked() call: Call, @Param() { id }: StandardParams): Promise<GradeProfileView> {
    return this.profiles.publish(call, id);
  }

  /** Throw a draft away. */
  @Post(':id/discard')
  @HttpCode(200)
  @Allow('stock-standards:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  discardGradeProfile(@Asked() call: Call, @Param() { id }: StandardParams): Promise<GradeProfileView> {
    return this.profiles.discard(call, id);
  }
}

import { Body, Controller, Get, Put } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { SetUnlockRecipeDto } from './unlock-recipes.dto.js';
import { UnlockRecipes } from './unlock-recipes.service.js';
import { UnlockRecipesView, UnlockRecipeView } from './unlock-recipes.view.js';

@ApiTags('Unlock codes')
@Controller('v1/unlock-recipes')
export class UnlockRecipesController {
  constructor(private readonly recipes: UnlockRecipes) {}

  /** List how the handsets of each maker are unlocked. */
  @Get()
  @Allow('unlock-policies:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS)
  listUnlockRecipes(): Promise<UnlockRecipesView> {
    return this.recipes.list();
  }

  /** Say how the handsets of a maker, or of one model, are unlocked. */
  @Put()
  @Allow('unlock-policies:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS)
  setUnlockRecipe(@Asked() call: Call, @Body() form: SetUnlockRecipeDto): Promise<UnlockRecipeView> {
    return this.recipes.set(call, form);
  }
}

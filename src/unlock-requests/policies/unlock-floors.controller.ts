import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { ReasonDto } from '../requests/unlock-request.dto.js';
import { UnlockFloorDto, UnlockFloorParams } from './unlock-floors.dto.js';
import { UnlockFloors } from './unlock-floors.service.js';
import { UnlockFloorsView, UnlockFloorView } from './unlock-floors.view.js';

@ApiTags('Unlock policies')
@Controller('v1/unlock-floors')
export class UnlockFloorsController {
  constructor(private readonly floors: UnlockFloors) {}

  /** List what the law of each place asks of every policy. */
  @Get()
  @Allow('unlock-policies:read')
  @Refuses(...READ_REFUSALS)
  listUnlockFloors(): Promise<UnlockFloorsView> {
    return this.floors.list();
  }

  /** Write down what a law asks, or anew while it is not in force. */
  @Put(':code')
  @Allow('unlock-policies:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  proposeUnlockFloor(
    @Asked() call: Call,
    @Param() { code }: UnlockFloorParams,
    @Body() form: UnlockFloorDto,
  ): Promise<UnlockFloorView> {
    return this.floors.propose(call, code, form);
  }

  /** Put it into force. Whoever wrote it down cannot. */
  @Post(':code/enact')
  @HttpCode(200)
  @Allow('unlock-policies:publish')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  enactUnlockFloor(@Asked() call: Call, @Param() { code }: UnlockFloorParams): Promise<UnlockFloorView> {
    return this.floors.enact(call, code);
  }

  /** Hold no further policy against it: the law no longer asks for it. */
  @Post(':code/repeal')
  @HttpCode(200)
  @Allow('unlock-policies:publish')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  repealUnlockFloor(
    @Asked() call: Call,
    @Param() { code }: UnlockFloorParams,
    @Body() { reason }: ReasonDto,
  ): Promise<UnlockFloorView> {
    return this.floors.repeal(call, code, reason);
  }
}

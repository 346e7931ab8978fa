import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { UnlockSweepParams, UnlockSweepView } from './unlock-sweep.view.js';
import { UnlockSweepsReads } from './unlock-sweeps.query.js';
import { UnlockSweeps } from './unlock-sweeps.service.js';

@ApiTags('Unlock reviews')
@Controller('v1/unlock-sweeps')
export class UnlockSweepsController {
  constructor(
    private readonly sweeps: UnlockSweeps,
    private readonly read: UnlockSweepsReads,
  ) {}

  /** Look at all devices on lines now, rather than at the daily hour; one that is under way is shown instead. */
  @Post()
  @Allow('unlock-requests:decide')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound)
  startUnlockSweep(@Asked() call: Call): Promise<UnlockSweepView> {
    return this.sweeps.start(call);
  }

  /** Tell how far a sweep is. */
  @Get(':id')
  @Allow('unlock-requests:decide')
  @Refuses(...READ_REFUSALS, NotFound)
  getUnlockSweep(@Param() { id }: UnlockSweepParams): Promise<UnlockSweepView> {
    return this.read.sweep(id);
  }
}

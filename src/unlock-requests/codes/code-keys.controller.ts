import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { CodeKeys } from './code-keys.service.js';
import { KeyRotationView } from './code-keys.view.js';

@ApiTags('Unlock codes')
@Controller('v1/unlock-code-keys')
export class CodeKeysController {
  constructor(private readonly keys: CodeKeys) {}

  /** Tell how far the last change of keys is. */
  @Get()
  @Allow('unlock-codes:approve')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS)
  getUnlockCodeKeys(): Promise<KeyRotationView> {
    return this.keys.state();
  }

  /** Change the keys that seal codes, while codes are being given out. */
  @Post('rotate')
  @HttpCode(200)
  @Allow('unlock-codes:approve')
  @Idempotent()
  @Refuses(...ACT_REFUSALS)
  rotateUnlockCodeKeys(@Asked() call: Call): Promise<KeyRotationView> {
    return this.keys.rotate(call);
  }
}

import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import { imeisAt } from '../../platform/http/imei-field.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { BodyTooLarge, MalformedBody, UnsupportedMediaType } from '../../platform/problems.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { REGISTRIES, type Registries, type RegistryAnswer, worstOf } from '../registry-answer.js';
import { CheckBlockListsDto } from './block-list-check.dto.js';
import { BlockListCheckView, type DeviceStandingView } from './block-list-check.view.js';

@ApiTags('Block lists')
@Controller('v1/block-lists')
export class BlockListCheckController {
  constructor(@Inject(REGISTRIES) private readonly registries: Registries) {}

  /** Tell what the registries say of devices. Changes nothing; a POST only to keep IMEIs out of addresses and logs. */
  @Post('check')
  @HttpCode(200)
  @Allow('block-lists:read')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  async checkBlockLists(@Body() { identifiers }: CheckBlockListsDto): Promise<BlockListCheckView> {
    const imei14s = imeisAt(identifiers, (at) => `/identifiers/${at}`);
    const answers = await this.registries.check(imei14s);
    return { devices: imei14s.map((imei14, at) => standingOf(imei14, answers[at]!)) };
  }
}

const standingOf = (imei14: string, answers: RegistryAnswer[]): DeviceStandingView => ({
  imei: imeiOf15(imei14),
  status: worstOf(answers),
  answers: answers.map((answer) => ({ ...answer, reasons: [...answer.reasons] })),
});

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { PaymentReferenceTaken } from '../accounts.errors.js';
import { LineParams, RecordLinePaymentDto } from './line-payment.dto.js';
import { LinePaymentView } from './line-payment.view.js';
import { LinePayments } from './line-payments.service.js';

@ApiTags('Accounts')
@Controller('v1/account-lines')
export class LinePaymentsController {
  constructor(private readonly payments: LinePayments) {}

  /** Record a payment for a line. */
  @Post(':id/payments')
  @Allow('accounts:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, PaymentReferenceTaken)
  recordLinePayment(
    @Asked() call: Call,
    @Param() { id }: LineParams,
    @Body() form: RecordLinePaymentDto,
  ): Promise<LinePaymentView> {
    return this.payments.record(call, id, form);
  }
}

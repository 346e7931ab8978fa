import { AccountLine } from './customers/account-line.entity.js';
import { BillingAccount } from './customers/billing-account.entity.js';
import { BilledDevice } from './devices/billed-device.entity.js';
import { LineActivityRow } from './devices/line-activity.entity.js';
import { LineUsageRow } from './devices/line-usage.entity.js';
import { LinePayment } from './payments/line-payment.entity.js';
import { PaidService } from './payments/paid-service.entity.js';

export const ACCOUNT_ENTITIES = [
  BillingAccount,
  AccountLine,
  BilledDevice,
  LineActivityRow,
  LineUsageRow,
  PaidService,
  LinePayment,
];

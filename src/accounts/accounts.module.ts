import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS_TOKEN, type Settings } from '../platform/settings.js';
import { explainConstraints } from './accounts.errors.js';
import { type Billing, BILLING } from './billing-facts.js';
import { HttpBilling } from './billing/http-billing.js';
import { TableBilling } from './billing/table-billing.js';
import { AccountsController } from './customers/accounts.controller.js';
import { AccountsQuery } from './customers/accounts.query.js';
import { Accounts } from './customers/accounts.service.js';
import { DeviceRecordsController } from './devices/device-records.controller.js';
import { DeviceRecords } from './devices/device-records.service.js';
import { ACCOUNT_IMPORTERS } from './imports/account-importers.js';
import { LinePaymentsController } from './payments/line-payments.controller.js';
import { LinePayments } from './payments/line-payments.service.js';

explainConstraints();

/** What the carrier's billing knows of a line or a device: kept here, or asked of a billing system. */
@Module({
  controllers: [AccountsController, DeviceRecordsController, LinePaymentsController],
  providers: [
    Accounts,
    AccountsQuery,
    DeviceRecords,
    LinePayments,
    {
      provide: BILLING,
      inject: [DataSource, SETTINGS_TOKEN],
      useFactory: (db: DataSource, settings: Settings): Billing =>
        settings.BILLING_URL ? new HttpBilling(settings) : new TableBilling(db),
    },
    ...ACCOUNT_IMPORTERS,
  ],
  exports: [AccountsQuery, BILLING],
})
export class AccountsModule {}

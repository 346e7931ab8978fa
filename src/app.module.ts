import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MIGRATIONS } from '../migrations/migrations.js';
import { AccessModule } from './access/access.module.js';
import { TRUSTED_ISSUER, type TrustedIssuer } from './access/tokens.js';
import { ACCOUNT_ENTITIES } from './accounts/account-entities.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BLOCK_LIST_ENTITIES } from './block-lists/block-list-entities.js';
import { BlockListsModule } from './block-lists/block-lists.module.js';
import { DEVICE_ENTITIES } from './devices/device-entities.js';
import { DevicesModule } from './devices/devices.module.js';
import { MAIL_ENTITIES } from './events/mail/mail-entities.js';
import { IMPORT_ENTITIES } from './imports/import-entities.js';
import { ImportsModule } from './imports/imports.module.js';
import { databaseOptions } from './platform/database.js';
import { DirectQueries } from './platform/direct-queries.js';
import { GROUND_ENTITIES } from './platform/ground.entity.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Settings } from './platform/settings.js';
import { STOCK_ENTITIES } from './stock/stock-entities.js';
import { StockModule } from './stock/stock.module.js';
import { TRADE_IN_ENTITIES } from './trade-ins/trade-in-entities.js';
import { TradeInsModule } from './trade-ins/trade-ins.module.js';
import { UnlockRequestsModule } from './unlock-requests/unlock-requests.module.js';
import { UNLOCK_REQUEST_ENTITIES } from './unlock-requests/unlock-request-entities.js';

export const SCHEMA = {
  entities: [
    ...GROUND_ENTITIES,
    ...MAIL_ENTITIES,
    ...DEVICE_ENTITIES,
    ...STOCK_ENTITIES,
    ...IMPORT_ENTITIES,
    ...ACCOUNT_ENTITIES,
    ...BLOCK_LIST_ENTITIES,
    ...UNLOCK_REQUEST_ENTITIES,
    ...TRADE_IN_ENTITIES,
  ],
  migrations: MIGRATIONS,
};

/** The house on one page. */
@Module({})
export class AppModule {
  static with(databaseUrl: string, settings: Settings, issuer: TrustedIssuer): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...databaseOptions(databaseUrl, settings, SCHEMA), retryAttempts: 0 }),
          dataSourceFactory: async (options) => new DirectQueries(options!).initialize(),
        }),
        PlatformModule.with(settings),
        AccessModule,
        // Rooms with the busiest routes first.
        StockModule,
        UnlockRequestsModule,
        TradeInsModule,
        DevicesModule,
        AccountsModule,
        BlockListsModule,
        ImportsModule,
        AuditModule,
      ],
      providers: [{ provide: TRUSTED_ISSUER, useValue: issuer }],
      exports: [TRUSTED_ISSUER],
      global: true,
    };
  }
}

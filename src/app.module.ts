import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MIGRATIONS } from '../migrations/migrations.js';
import { AccessModule } from './access/access.module.js';
import { TRUSTED_ISSUER, type TrustedIssuer } from './access/tokens.js';
import { DEVICE_ENTITIES } from './devices/device-entities.js';
import { DevicesModule } from './devices/devices.module.js';
import { IMPORT_ENTITIES } from './imports/import-entities.js';
import { ImportsModule } from './imports/imports.module.js';
import { databaseOptions } from './platform/database.js';
import { GROUND_ENTITIES } from './platform/ground.entity.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Settings } from './platform/settings.js';
import { STOCK_ENTITIES } from './stock/stock-entities.js';
import { StockModule } from './stock/stock.module.js';

export const SCHEMA = {
  entities: [...GROUND_ENTITIES, ...DEVICE_ENTITIES, ...STOCK_ENTITIES, ...IMPORT_ENTITIES],
  migrations: MIGRATIONS,
};

/** The house on one page. */
@Module({})
export class AppModule {
  static with(databaseUrl: string, settings: Settings, issuer: TrustedIssuer): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRoot({ ...databaseOptions(databaseUrl, settings, SCHEMA), retryAttempts: 0 }),
        PlatformModule.with(settings),
        AccessModule,
        // Rooms with the busiest routes first.
        StockModule,
        DevicesModule,
        ImportsModule,
      ],
      providers: [{ provide: TRUSTED_ISSUER, useValue: issuer }],
      exports: [TRUSTED_ISSUER],
      global: true,
    };
  }
}

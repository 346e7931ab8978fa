import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS_TOKEN, type Settings } from '../platform/settings.js';
import { BlockEntriesController } from './entries/block-entries.controller.js';
import { BlockEntriesQuery } from './entries/block-entries.query.js';
import { BlockEntries } from './entries/block-entries.service.js';
import { LISTING_IMPORTERS } from './imports/listing.importers.js';
import { AllRegistries } from './registries/all-registries.js';
import { BlockListCheckController } from './registries/block-list-check.controller.js';
import { HttpRegistry } from './registries/http-registry.js';
import { REGISTRIES, type Registries } from './registry-answer.js';

/** What the registries say of an IMEI: the lists kept here, and a registry of others. */
@Module({
  controllers: [BlockListCheckController, BlockEntriesController],
  providers: [
    BlockEntries,
    BlockEntriesQuery,
    {
      provide: REGISTRIES,
      inject: [DataSource, SETTINGS_TOKEN],
      useFactory: (db: DataSource, settings: Settings): Registries =>
        new AllRegistries(
          db,
          settings.REGISTRY_FRESH_MINUTES,
          settings.REGISTRY_URL ? new HttpRegistry(settings) : undefined,
        ),
    },
    ...LISTING_IMPORTERS,
  ],
  exports: [REGISTRIES],
})
export class BlockListsModule {}

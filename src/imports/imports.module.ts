import { Global, Module } from '@nestjs/common';
import { FileStore } from './file-store.js';
import { Importers } from './importers.js';
import { ImportsController } from './imports.controller.js';
import { Imports } from './imports.service.js';
import { ImportWorker } from './running/import-worker.js';
import { Uploads } from './uploads.service.js';

/** Global, so that any room can register what it knows to import. */
@Global()
@Module({
  controllers: [ImportsController],
  providers: [FileStore, Importers, Imports, ImportWorker, Uploads],
  exports: [Importers, ImportWorker, Uploads],
})
export class ImportsModule {}

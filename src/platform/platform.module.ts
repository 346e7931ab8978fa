import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { Acts } from './acts.js';
import { Background } from './background.js';
import { FILE_STORE } from './files/file-store.js';
import { fileStoreOf } from './files/file-stores.js';
import { Files } from './files/files.service.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ProblemsController } from './http/problems.controller.js';
import { InputPipe } from './http/validation.pipe.js';
import { Vault } from './secrets/vault.js';
import { SETTINGS_TOKEN, type Settings } from './settings.js';

@Global()
@Module({})
export class PlatformModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: PlatformModule,
      controllers: [HealthController, ProblemsController],
      providers: [
        Acts,
        Background,
        Files,
        Readiness,
        Vault,
        { provide: FILE_STORE, useFactory: () => fileStoreOf(settings) },
        { provide: SETTINGS_TOKEN, useValue: settings },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
      exports: [Acts, Background, Files, Readiness, Vault, SETTINGS_TOKEN],
    };
  }
}

import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Tokens } from './tokens.js';

@Global()
@Module({ providers: [Tokens, { provide: APP_GUARD, useClass: AccessGuard }] })
export class AccessModule {}

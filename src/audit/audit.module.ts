import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { Audit } from './audit.service.js';

/** Who did what, and proof that nobody has touched it since. */
@Module({ controllers: [AuditController], providers: [Audit] })
export class AuditModule {}

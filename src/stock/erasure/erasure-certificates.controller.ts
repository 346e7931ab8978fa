import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { UnitOnHold } from '../stock.errors.js';
import { StockUnitParams } from '../units/stock-unit.dto.js';
import { ErasureCertificateParams, RecordErasureDto } from './erasure-certificate.dto.js';
import { ErasureCertificatePageView, ErasureCertificateView } from './erasure-certificate.view.js';
import { ErasureCertificatesQuery } from './erasure-certificates.query.js';
import { ErasureCertificates } from './erasure-certificates.service.js';

@ApiTags('Erasure certificates')
@Controller('v1')
export class ErasureCertificatesController {
  constructor(
    private readonly certificates: ErasureCertificates,
    private readonly read: ErasureCertificatesQuery,
  ) {}

  /** Record the certificate of an erasure, passed or failed. */
  @Post('stock-units/:id/erasure-certificates')
  @Allow('stock:inspect')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, UnitOnHold)
  recordErasureCertificate(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: RecordErasureDto,
  ): Promise<ErasureCertificateView> {
    return this.certificates.record(call, id, form);
  }

  /** List the erasure certificates of a unit, the latest first. */
  @Get('stock-units/:id/erasure-certificates')
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listErasureCertificates(
    @By() caller: Caller,
    @Param() { id }: StockUnitParams,
    @Query() query: PageQuery,
  ): Promise<ErasureCertificatePageView> {
    return this.read.ofUnit(caller, id, query);
  }

  /** Show one erasure certificate. */
  @Get('erasure-certificates/:id')
  @Allow('stock:read')
  @Refuses(...READ_REFUSALS, NotFound)
  getErasureCertificate(
    @By() caller: Caller,
    @Param() { id }: ErasureCertificateParams,
  ): Promise<ErasureCertificateView> {
    return this.read.certificate(caller, id);
  }
}

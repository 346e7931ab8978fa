import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/public.decorator.js';
import { metrics } from '../metrics.js';
import { HealthView, ReadinessView } from './health.view.js';
import { Readiness } from './readiness.js';

@ApiTags('Operations')
@Controller()
@Public()
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** Tell whether the process lives. Never asks the database. */
  @Get('healthz')
  @RouteConfig({ work: 'health' })
  getHealth(): HealthView {
    return { status: 'ok' };
  }

  /** Tell whether the process can do work: database reachable, migrations applied, not shutting down. */
  @Get('readyz')
  @RouteConfig({ work: 'health' })
  @ApiOkResponse({ type: ReadinessView })
  @ApiServiceUnavailableResponse({ type: ReadinessView })
  async getReadiness(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessView> {
    const view = await this.readiness.check();
    if (view.status !== 'ready') void reply.status(503);
    return view;
  }

  /** Print the metrics in Prometheus' text format. */
  @Get('metrics')
  @RouteConfig({ work: 'health' })
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string', maxLength: 1_000_000 } } } })
  async getMetrics(): Promise<string> {
    this.readiness.measurePool();
    return metrics.metrics();
  }
}

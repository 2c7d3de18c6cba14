/** Figures for Prometheus: times of answers, queues, outbox. No label holds an id, a name or a place. */
import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '../access/access.decorator';
import { DirectGuard } from './direct.guard';
import { Readiness } from './readiness.service';
import { RequestMetrics } from './request-metrics.service';

@ApiExcludeController()
@SkipThrottle({ default: true, secrets: true })
@UseGuards(DirectGuard)
@Controller('api/v1/metrics')
export class MetricsController {
  constructor(
    private readonly metrics: RequestMetrics,
    private readonly readiness: Readiness,
  ) {}

  /** A part that does not answer is left out rather than failing the scrape. */
  @Get()
  @Public()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async read(): Promise<string> {
    const [queues, age] = await Promise.allSettled([this.readiness.queueCounts(), this.readiness.outboxAgeSeconds()]);
    if (queues.status === 'fulfilled') this.metrics.recordQueues(queues.value);
    if (age.status === 'fulfilled') this.metrics.recordOutboxAge(age.value);
    return this.metrics.registry.metrics();
  }
}

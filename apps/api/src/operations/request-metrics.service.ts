/** Counts answers by route template and status, for Prometheus; no label ever holds an id, a name or a place. */
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

@Injectable()
export class RequestMetrics {
  readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'gep_http_request_seconds',
    help: 'Time to answer, by method, route template and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly jobs = new Gauge({
    name: 'gep_queue_jobs',
    help: 'Jobs of each queue by state',
    labelNames: ['queue', 'state'] as const,
    registers: [this.registry],
  });
  private readonly outboxAge = new Gauge({
    name: 'gep_outbox_oldest_seconds',
    help: 'Age of the oldest event that is not delivered yet',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'gep_api_' });
  }

  record(answer: { method: string; route: string; status: number; seconds: number }): void {
    const { method, route, status, seconds } = answer;
    this.durations.observe({ method, route, status: String(status) }, seconds);
  }

  recordQueues(counts: Readonly<Record<string, Readonly<Record<string, number>>>>): void {
    this.jobs.reset();
    for (const [queue, states] of Object.entries(counts)) {
      for (const [state, jobs] of Object.entries(states)) this.jobs.set({ queue, state }, jobs);
    }
  }

  recordOutboxAge(seconds: number): void {
    this.outboxAge.set(seconds);
  }
}

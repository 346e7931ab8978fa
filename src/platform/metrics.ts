import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the first byte of a request to the last of its answer',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

export const inFlight = new Gauge({
  name: 'http_requests_in_flight',
  help: 'Requests being worked on',
  labelNames: ['work'] as const,
  registers: [metrics],
});

export const shed = new Counter({
  name: 'http_requests_shed_total',
  help: 'Requests turned away because too much was in flight',
  labelNames: ['work'] as const,
  registers: [metrics],
});

export const poolConnections = new Gauge({
  name: 'database_pool_connections',
  help: 'Connections to the database, by what they do',
  labelNames: ['state'] as const,
  registers: [metrics],
});

export const stockActs = new Counter({
  name: 'stock_acts_total',
  help: 'Acts on stock, by outcome',
  labelNames: ['act', 'outcome'] as const,
  registers: [metrics],
});

export const outsideCalls = new Counter({
  name: 'outside_calls_total',
  help: 'Calls to systems outside, by what came of them',
  labelNames: ['system', 'outcome'] as const,
  registers: [metrics],
});

export const mailsQueued = new Gauge({
  name: 'mails_queued',
  help: 'Mails that wait to be sent',
  registers: [metrics],
});

export const mailsSettled = new Counter({
  name: 'mails_total',
  help: 'Tries to hand a mail to the mail server, by what came of them',
  labelNames: ['outcome'] as const,
  registers: [metrics],
});

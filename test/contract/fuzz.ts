import * as fc from 'fast-check';
import http from 'node:http';
import type pg from 'pg';
import { startServer } from '../support/server.js';
import { readDocument, type Route, routesOf } from './document.js';
import { Allowed, type FuzzAnswer, faultsOf } from './fuzz.oracles.js';
import { type FuzzRequest, Requests, sentHeaders } from './fuzz.requests.js';
import { openWorld, type World } from './world.js';

const AT_ONCE = 12;
const BATCH = 2000;
/** Enough to show a fault, few enough to read. */
const MOST_SHOWN = 25;
const KEPT_REFUSALS = 1500;
const REPEATED_AT_ONCE = 50;

export interface FuzzReport {
  seed: number;
  sent: number;
  /** What took how long. */
  seconds: Record<string, number>;
  statuses: Record<string, number>;
  /** Operations that were never answered with success: then the valid requests are not. */
  neverDone: string[];
  /** What they were answered when they were asked as they should be. */
  refusedWith: Record<string, string[]>;
  findings: string[];
  /** How many refused requests were sent again, and which tables that changed. */
  refused: number;
  repeats: Record<string, number>;
  changed: string[];
  /** What the server still counts as being at work on after the last answer. */
  leaked: string[];
}

/** Sends `count` requests made from the API document at a shop of its own and judges every answer. */
export async function fuzz(count: number, seed: number): Promise<FuzzReport> {
  const world = await openWorld(
    {
      SWEEP_INTERVAL_MS: '1000',
      LOG_LEVEL: 'error',
      MAX_IN_FLIGHT: '1000',
      MAX_REPORTS_IN_FLIGHT: '1000',
    },
    { units: 180, spare: 24 },
  );
  const run = new Run(world, seed);
  try {
    const asked = await run.sendPlain(count);
    for (let done = asked, batch = 0; done < count; done += BATCH, batch++) {
      await run.send(Math.min(BATCH, count - done), batch);
    }
    await run.repeatRefusals();
    return run.report();
  } finally {
    run.end();
    await world.close();
  }
}

class Run {
  private readonly routes: Route[];
  private readonly requests: Requests;
  private readonly allowed: Allowed;
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  private readonly statuses: Record<string, number> = {};
  private readonly done = new Set<string>();
  private readonly refusedWith = new Map<string, string[]>();
  private readonly found = new Map<string, { times: number; example: string }>();
  private readonly refusals: FuzzRequest[] = [];
  private readonly seconds: Record<string, number> = {};
  private readonly repeats: Record<string, number> = {};
  private sent = 0;
  private refused = 0;
  private changed: string[] = [];
  private leaked: string[] = [];

  constructor(
    private readonly world: World,
    private readonly seed: number,
  ) {
    const document = readDocument();
    this.routes = routesOf(document);
    this.requests = new Requests(document, world);
    this.allowed = new Allowed(document);
  }

  /** Asks for everything once as it should be, one after the other. @returns how many that were */
  async sendPlain(most: number): Promise<number> {
    const made = this.requests.plain(this.routes).slice(0, most);
    for (const request of made) {
      const { status, text } = await this.judge(request);
      const { operationId } = request.route.operation;
      const refused = `${request.caller} ${status} ${text.slice(0, 300)}`;
      if (status >= 400) this.refusedWith.set(operationId, [...(this.refusedWith.get(operationId) ?? []), refused]);
    }
    return made.length;
  }

  /** Makes a batch of requests and sends them, some at a time. */
  async send(count: number, batch: number): Promise<void> {
    const made = this.timed('making', () =>
      fc.sample(this.requests.any(this.routes), { numRuns: count, seed: this.seed + batch }),
    );
    const began = performance.now();
    await this.spread(made, async (request) => void (await this.judge(request)));
    this.took('sending', began);
  }

  /**
   * Sends requests that were refused once more, to a process that does nothing in the background,
   * and sees whether any row but an idempotency key, a count of tries or a mail on its way has changed.
   */
  async repeatRefusals(): Promise<void> {
    const { shop } = this.world;
    const began = performance.now();
    await this.untilIdle();
    this.took('waiting', began);
    this.leaked = await this.stillInFlight();
    // Ended hard: a server that stops in peace takes its keys along, and no token would be good any more.
    await shop.server.kill();
    const port = Number(new URL(shop.url).port);
    const env = { WORKER: 'off', RATE_LIMIT_PER_MINUTE: '100000000', LOG_LEVEL: 'error' };
    const quiet = await startServer(shop.database.url, env, { port, dataDir: shop.server.dataDir });
    try {
      for (let at = 0; at < this.refusals.length; at += REPEATED_AT_ONCE) {
        await this.repeat(this.refusals.slice(at, at + REPEATED_AT_ONCE));
      }
    } finally {
      await quiet.stop();
      this.took('repeating', began);
    }
  }

  report(): FuzzReport {
    const neverDone = this.routes.map(({ operation }) => operation.operationId).filter((id) => !this.done.has(id));
    const worst = [...this.found.entries()].sort(([, a], [, b]) => b.times - a.times).slice(0, MOST_SHOWN);
    return {
      seed: this.seed,
      sent: this.sent,
      seconds: this.seconds,
      statuses: this.statuses,
      neverDone,
      refusedWith: Object.fromEntries(neverDone.map((id) => [id, this.refusedWith.get(id) ?? []])),
      findings: worst.map(([finding, { times, example }]) => `${times} x ${finding}\n    ${example}`),
      refused: this.refused,
      repeats: this.repeats,
      changed: [...new Set(this.changed)],
      leaked: this.leaked,
    };
  }

  end(): void {
    this.agent.destroy();
  }

  private async repeat(requests: readonly FuzzRequest[]): Promise<void> {
    const before = await fingerprints(this.world.shop.db);
    let passed = false;
    await this.spread(requests, async (request) => {
      const { status } = await this.ask(request);
      passed ||= status < 400;
      this.repeats[status] = (this.repeats[status] ?? 0) + 1;
    });
    // What was refused before may be right by now; then the batch says nothing.
    if (passed) return;
    this.refused += requests.length;
    const after = await fingerprints(this.world.shop.db);
    this.changed.push(...Object.keys(before).filter((table) => before[table] !== after[table]));
  }

  private timed<T>(what: string, work: () => T): T {
    const began = performance.now();
    const done = work();
    this.took(what, began);
    return done;
  }

  private took(what: string, began: number): void {
    this.seconds[what] = Math.round(((this.seconds[what] ?? 0) + (performance.now() - began) / 1000) * 10) / 10;
  }

  private async untilIdle(): Promise<void> {
    const working = `select count(*) from import_job where state in ('WAITING', 'RUNNING')`;
    for (let tries = 0; tries < 100 && (await this.world.shop.count(working)) > 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Requests the server believes to be still at work on, when there are none: each would take a place for ever. */
  private async stillInFlight(): Promise<string[]> {
    const text = await (await fetch(`${this.world.shop.url}/metrics`)).text();
    return text.split('\n').filter((line) => /^http_requests_in_flight\{work="(till|report)"\} [^0]/.test(line));
  }

  private async spread<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    const left = [...items];
    const worker = async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** The operation at this path; for another method than its own a path with an id in it may be the one: `GET …/find`. */
  private reached({ route: { path: asked }, method: by }: FuzzRequest): Route | undefined {
    const same = this.routes.filter(({ method }) => method === by.toLowerCase());
    const fits = ({ path }: Route) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked);
    return same.find(({ path }) => path === asked) ?? same.find(fits);
  }

  private async judge(request: FuzzRequest): Promise<FuzzAnswer> {
    const answer = await this.ask(request);
    this.sent++;
    this.statuses[answer.status] = (this.statuses[answer.status] ?? 0) + 1;
    const route = this.reached(request);
    if (answer.status < 300 && route) this.done.add(route.operation.operationId);
    const settled = answer.status >= 400 && ![422, 429, 503].includes(answer.status);
    if (settled && this.refusals.length < KEPT_REFUSALS && (request.body?.length ?? 0) < 10_000) {
      this.refusals.push(request);
    }
    for (const fault of faultsOf(request, route, answer, this.allowed)) this.keep(request, fault, answer);
    return answer;
  }

  private keep(request: FuzzRequest, fault: string, answer: FuzzAnswer): void {
    const finding = `${request.method} ${request.route.path}: ${fault}`;
    const known = this.found.get(finding);
    if (known) return void known.times++;
    const { caller, url, headers, body } = request;
    const asked = JSON.stringify({ caller, url, headers, body: body?.toString().slice(0, 600) });
    this.found.set(finding, { times: 1, example: `${asked}\n    -> ${answer.status} ${answer.text.slice(0, 300)}` });
  }

  private ask(request: FuzzRequest, again = true): Promise<FuzzAnswer> {
    const token = request.caller === 'garbage' ? 'garbage' : this.world.tokens[request.caller as 'own'];
    const headers = { ...sentHeaders(request), ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const { method, url: path } = request;
    return new Promise((resolve) => {
      const failed = (error: Error) => resolve({ status: 599, headers: {}, text: error.message });
      const sending = http.request(
        this.world.shop.url + path,
        { method, headers, agent: again ? this.agent : false },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', failed);
          answer.on('end', () =>
            resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString() }),
          );
        },
      );
      // The other side may close a kept connection at any time: what was lost on one is sent once more on a new one.
      sending.on('error', (error) => {
        if (again && sending.reusedSocket) void this.ask(request, false).then(resolve);
        else failed(error);
      });
      sending.end(request.body);
    });
  }
}

/** Rows and contents of every table, but for the memory of answers. */
async function fingerprints(db: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('idempotency_key', 'unlock_cap_use', 'mail_message', 'unlock_notice')`,
  );
  const counted = rows.map(async ({ name }) => {
    const found = await db.query<{ print: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as print from "${name}" t`,
    );
    return [name, found.rows[0]!.print] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

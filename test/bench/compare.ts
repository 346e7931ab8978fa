import pg from 'pg';
import { restock } from './dataset.js';
import { Connection, type HttpRequest, measure, type Measured } from './load.js';
import { type Connections, play, type Recording } from './recording.js';
import type { Row } from './report.js';
import type { Scenario } from './scenarios.js';
import { forgetQuotes } from './trade-in-data.js';
import { forgetRequests } from './unlock-data.js';

/** Where a scenario is measured. */
export interface Measuring {
  api: number;
  bare: number;
  url: string;
  db: pg.Client;
  seconds: number;
}

const WARM_UP = { connections: 16, seconds: 2 };

/** Both servers have been asked often before they are measured: neither pays for being compiled. */
export async function warmUp(scenario: Scenario, at: Measuring): Promise<void> {
  await overHttp(at.api, WARM_UP, () => scenario.draw().request);
  await overHttp(at.bare, WARM_UP, bareRequest(scenario));
}

/** Measures the program and both limits of the machine, one after the other. */
export async function compare(scenario: Scenario, connections: number, at: Measuring): Promise<Row> {
  const afresh = async (run: () => Promise<Measured>) => {
    if (scenario.kind === 'reservation') await restock(at.db);
    if (scenario.kind === 'unlock') await forgetRequests(at.db);
    if (scenario.kind === 'quote') await forgetQuotes(at.db);
    return run();
  };
  const { seconds } = at;
  const api = await afresh(() => overHttp(at.api, { connections, seconds }, () => scenario.draw().request));
  const bare = await afresh(() => overHttp(at.bare, { connections, seconds }, bareRequest(scenario)));
  const sql = await afresh(() => overSql(at.url, { connections, seconds }, scenario));
  const ratio = (limit: Measured) => Math.round((api.requestsPerSecond / limit.requestsPerSecond) * 100) / 100;
  return { scenario: scenario.name, connections, api, bare, sql, ratioToBare: ratio(bare), ratioToSql: ratio(sql) };
}

interface Load {
  connections: number;
  seconds: number;
}

async function overHttp(port: number, { connections, seconds }: Load, request: () => HttpRequest): Promise<Measured> {
  const sockets = Array.from({ length: connections }, () => new Connection(port));
  const measured = await measure(
    connections,
    seconds,
    1,
    async (caller) => (await sockets[caller]!.send(request())) < 300,
  );
  for (const socket of sockets) socket.close();
  return measured;
}

function bareRequest(scenario: Scenario): () => HttpRequest {
  const withBase64 = (_key: string, value: unknown) => {
    const bytes = value as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' ? { base64: Buffer.from(bytes.data!).toString('base64') } : value;
  };
  let sent = 0;
  // Every connection of the pool must have heard the text once; after that its name is enough.
  return () => {
    const text = sent++ < 200 && 'sql' in scenario ? scenario.sql : undefined;
    return {
      ...{ method: 'POST', path: '/', headers: {} },
      body: JSON.stringify({ name: scenario.name, text, values: scenario.draw().parameters }, withBase64),
    };
  };
}

async function overSql(url: string, { connections, seconds }: Load, scenario: Scenario): Promise<Measured> {
  const options = 'recording' in scenario ? { options: '-c plan_cache_mode=force_generic_plan' } : {};
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url, ...options });
      await client.connect();
      return client;
    }),
  );
  const once = 'recording' in scenario ? played(scenario.recording) : queried(scenario);
  const measured = await measure(connections, seconds, 1, (caller) =>
    once(clients[caller]!, scenario.draw().parameters),
  );
  await Promise.all(clients.map((client) => client.end()));
  return measured;
}

type Once = (client: pg.Client, parameters: unknown[]) => Promise<boolean>;

const queried =
  ({ kind, sql }: Scenario & { sql: string }): Once =>
  async (client, values) => {
    const { rows } = await client.query({ name: 'scenario', text: sql, values });
    return rows.length > 0 || kind === 'read';
  };

/** All of it on one connection, one statement after the other where the program sends several at once. */
const played =
  (recording: Recording): Once =>
  async (client, parameters) => {
    // One after the other, also what goes out side by side where there are more connections.
    let last: Promise<unknown> = Promise.resolve();
    const query = (asked: never) => (last = last.then(() => client.query(asked)));
    const only = { query, release: () => undefined };
    const rows = await play(
      { ...only, connect: () => Promise.resolve(only) } as unknown as Connections,
      recording,
      parameters as string[],
    );
    return rows.length > 0;
  };

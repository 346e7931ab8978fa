import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { cloneDatabase } from './database.js';
import { Fallible, killInTurn } from './fallible.js';
import { Maker } from './make.js';
import { startServer } from './server.js';
import { associateOf, tokenMaker } from './tokens.js';

/** What came of killing the program over and over while tills were at work. */
export interface DrillReport {
  kills: number;
  seconds: number;
  /** What half of the starts took at most, which is what limits the number of kills. */
  startMs: number;
  /** Requests that were answered with a reservation, each under a key of its own. */
  acknowledged: number;
  /** Answers that were the stored ones, given to a till whose first answer was lost. */
  replayed: number;
  /** Requests that had to be sent again. */
  resent: number;
  /** Answers other than a reservation, a wait-and-retry or a lost connection; by what they were. */
  unexpected: Record<string, number>;
  books: {
    active: number;
    reserved: number;
    ledger: number;
    events: number;
    history: number;
    keys: number;
  };
  /** Acknowledged and not there, there twice, or there and never acknowledged. */
  lost: number;
  doubled: number;
  unasked: number;
  /** Holdings without a line, lines without a holding, keys without an effect. */
  orphans: number;
}

const CALLERS = 16;
// One serves while two start: on two busy processors that made 26 kills in two minutes, two servers 14.
const SERVERS = 3;
// Tills pause between customers; without it the servers have no time to start again.
const BETWEEN_CUSTOMERS_MS = 100;
const TRY_AGAIN_AFTER_MS = 25;

interface Till {
  urls: readonly string[];
  token: string;
}

/**
 * Sixteen tills reserve while three servers on one database are killed as by a power cut, never all at a time, and each
 * is started again at once. A till repeats a request with its key, at any server, until it is answered. Ends after so many
 * kills, or so many seconds.
 */
export async function killDrill(
  { kills, seconds }: { kills: number; seconds: number },
  say: (progress: string) => void = () => undefined,
): Promise<DrillReport> {
  const database = await cloneDatabase();
  const db = new pg.Pool({ connectionString: database.url, max: 2 });
  // The identity provider is somebody else's and stays up.
  const provider = await startServer(database.url, { WORKER: 'off' });
  const token = tokenMaker(provider.dataDir, provider.url);
  const servers: Fallible[] = [];
  for (let n = 0; n < SERVERS; n++) servers.push(await Fallible.start(database.url, `${provider.url}/oidc`));
  try {
    const { storeId, skuId } = await stockUp(db, Math.min(1000 * kills, 500_000));
    const tills = Array.from({ length: CALLERS }, async (_, n) => ({
      urls: servers.map(({ url }) => url),
      token: await token(associateOf(storeId, `till-${n}`)),
    }));
    const work = new Work(skuId);
    const began = Date.now();
    const working = (await Promise.all(tills)).map((till) => work.of(till));
    const killed = await killInTurn(servers, { kills, until: began + seconds * 1000 }, (count) =>
      say(`${count} kills, ${work.answers.size} reservations acknowledged`),
    ).finally(() => (work.done = true));
    await Promise.all(working);
    const took = Math.round((Date.now() - began) / 1000);
    const startMs = Math.round(median(servers.flatMap(({ starts }) => starts)));
    return { kills: killed, seconds: took, startMs, ...work.tally(), ...(await audit(db, work.answers)) };
  } finally {
    for (const server of servers) await server.kill('SIGTERM');
    await provider.stop();
    await db.end();
    await database.drop();
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What the tills do, and what they were told. */
class Work {
  done = false;
  /** Reservation by key. */
  readonly answers = new Map<string, string>();
  private replayed = 0;
  private resent = 0;
  private readonly unexpected: Record<string, number> = {};

  constructor(private readonly skuId: string) {}

  tally() {
    const { answers, replayed, resent, unexpected } = this;
    return { acknowledged: answers.size, replayed, resent, unexpected };
  }

  async of(till: Till): Promise<void> {
    for (let turn = Math.floor(Math.random() * SERVERS); !this.done; turn++) {
      await this.reserve(till, turn);
      await pause(BETWEEN_CUSTOMERS_MS * Math.random() * 2);
    }
  }

  private async reserve(till: Till, turn: number): Promise<void> {
    const key = randomUUID();
    for (let tried = 0; ; tried++) {
      if (tried) {
        this.resent++;
        await pause(TRY_AGAIN_AFTER_MS);
      }
      const response = await this.send(till, turn + tried, key);
      if (!response || response.status === 503) continue;
      if (response.status !== 201) return this.note(`${response.status} ${response.code}`);
      if (this.answers.has(key)) this.note('answered twice');
      this.answers.set(key, response.id);
      if (response.again) this.replayed++;
      return;
    }
  }

  private async send({ urls, token }: Till, at: number, key: string) {
    try {
      const response = await fetch(`${urls[at % SERVERS]}/v1/reservations`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ purpose: 'CLICK_AND_COLLECT', lines: [{ skuId: this.skuId }] }),
        signal: AbortSignal.timeout(10_000),
      });
      const { id, code } = (await response.json()) as { id: string; code?: string };
      return { status: response.status, again: response.headers.has('idempotent-replayed'), id, code };
    } catch {
      // Refused, reset, cut off in the middle of the answer: what became of it is not known.
      return undefined;
    }
  }

  private note(what: string): void {
    this.unexpected[what] = (this.unexpected[what] ?? 0) + 1;
  }
}

/** Enough units of one SKU at one store. */
async function stockUp(db: pg.Pool, units: number): Promise<{ storeId: string; skuId: string }> {
  const make = new Maker(db);
  const storeId = await make.location();
  const sku = await make.sku();
  await make.shelf(sku, storeId, units);
  await db.query('analyze stock_holding');
  return { storeId, skuId: sku.skuId };
}

/** Holds what the tills were told against what stands in the books. */
async function audit(
  db: pg.Pool,
  answers: ReadonlyMap<string, string>,
): Promise<Pick<DrillReport, 'books' | 'lost' | 'doubled' | 'unasked' | 'orphans'>> {
  const one = async <T>(sql: string) => (await db.query(sql)).rows[0] as T;
  const books = await one<DrillReport['books']>(
    `select (select count(*) from reservation where status = 'ACTIVE')::int as active,
       (select count(*) from stock_holding where disposition = 'RESERVED')::int as reserved,
       (select count(*) from stock_movement where kind = 'RESERVED')::int as ledger,
       (select count(*) from outbox_event where type = 'reservation.made')::int as events,
       (select count(*) from history where act = 'reserve')::int as history,
       (select count(*) from idempotency_key)::int as keys`,
  );
  const { rows } = await db.query<{ key: string; id: string }>(
    `select k.key, k.body::jsonb ->> 'id' as id from idempotency_key k`,
  );
  const { rows: made } = await db.query<{ id: string }>('select id from reservation');
  const ids = new Set(made.map(({ id }) => id));
  const told = new Set(answers.values());
  const { orphans } = await one<{ orphans: number }>(
    `select (select count(*) from stock_holding h where disposition = 'RESERVED'
               and not exists (select from reservation_line l where l.holding_id = h.id and l.active))::int
       + (select count(*) from reservation_line l where l.active and not exists (
            select from stock_holding h where h.id = l.holding_id and h.disposition = 'RESERVED'))::int
       + (select count(*) from reservation r where not exists (select from reservation_line l where l.reservation_id = r.id))::int
       + (select count(*) from reservation r where not exists (
            select from stock_movement m where m.document_id = r.id and m.kind = 'RESERVED'))::int
       + (select count(*) from reservation r where not exists (
            select from outbox_event e where e.aggregate_id = r.id and e.type = 'reservation.made'))::int
       + (select count(*) from idempotency_key k where not exists (
            select from reservation r where r.id = (k.body::jsonb ->> 'id')::uuid))::int as orphans`,
  );
  return {
    books,
    lost: [...told].filter((id) => !ids.has(id)).length,
    doubled: answers.size - told.size + (rows.length - new Set(rows.map(({ id }) => id)).size),
    unasked: [...ids].filter((id) => !told.has(id)).length,
    orphans: orphans + rows.filter(({ key, id }) => answers.has(key) && answers.get(key) !== id).length,
  };
}

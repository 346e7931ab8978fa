import { parseArgs } from 'node:util';
import type pg from 'pg';
import { CODES } from './bulk-codes.js';
import { PRICES } from './bulk-prices.js';
import { UNITS } from './bulk-units.js';
import { type Carrier, DEVICES, makeLogFiles, openCarrier, warm } from './carrier.js';
import { compare, warmUp } from './compare.js';
import { type CounterVisits, handsetsToBring, measureCounterVisits } from './counter-visit.js';
import { draw, SCALES, type Scale } from './dataset.js';
import { heardFrom, keepRecordings } from './heard.js';
import { bulk, sweep } from './once.js';
import { keep, print, printVisits, type Row } from './report.js';
import { placesOf, type Scenario, scenarios } from './scenarios.js';
import { coldStart, peakMemoryMb, profiling, startApi, startBare, stop, tokensIn } from './servers.js';
import { measureSurge } from './surge.js';
import { constantsOfQuotes, forgetQuotes } from './trade-in-data.js';
import { paidFor, quoteOf, quoteScenario } from './trade-in-scenarios.js';
import { forgetRequests } from './unlock-data.js';
import { unlockScenarios } from './unlock-scenarios.js';

const CONNECTIONS = [1, 16, 64];
/** Of one store. */
const TILLS = [1, 16];
const { values: asked } = parseArgs({
  options: {
    /** How many holdings: small 80 thousand, medium 1 million, large 5 million. */
    scale: { type: 'string', default: 'small' },
    /** Seconds each figure is measured for, after one second of warm-up. */
    seconds: { type: 'string', default: '4' },
    /** Only scenarios whose name contains one of these, such as `pre-check,decision`. */
    only: { type: 'string', default: '' },
    /** Instead of the scenarios: so many quotes a second for a minute, then fifteen times as many for another. */
    surge: { type: 'string', default: '0' },
    /** Instead of the scenarios: import this many units from a CSV file, beside COPY of the rows that makes. */
    bulk: { type: 'string', default: '0' },
    /** Instead of the scenarios: the same with a maker's file of this many unlock codes. */
    codes: { type: 'string', default: '0' },
    /** Instead of the scenarios: the same with a price book of this many lines. */
    prices: { type: 'string', default: '0' },
    /** Instead of the scenarios: the daily walk over this many devices. */
    sweep: { type: 'string', default: '0' },
    /** Of how many devices of that walk one has become eligible. */
    'one-in': { type: 'string', default: '100' },
  },
});
const scale = asked.scale as Scale;
const seconds = Number(asked.seconds);
if (!(scale in SCALES)) throw new Error(`--scale takes ${Object.keys(SCALES).join(', ')}`);

async function scenariosOf({ dir, url, db }: Carrier): Promise<void> {
  const place = await anyStore(db);
  const recordings = await heardFrom(dir, url, { locationId: place, constant: await constantsOfQuotes(db) });
  const api = await startApi(dir, url, { flags: profiling() });
  const bare = await startBare(url, await keepRecordings(dir, recordings));
  const tokens = await tokensIn(dir);
  const of = { token: tokens.backOffice, devices: DEVICES[scale], locationId: place };
  const measured = [
    ...(await ofTills(db, of.token)),
    ...unlockScenarios(recordings, of),
    quoteScenario(recordings.quote, of),
  ].filter(({ name }) => wanted(name));
  await forgetRequests(db);
  await forgetQuotes(db);
  await warm(db);
  const rows: Row[] = [];
  for (const scenario of measured) {
    const at = { api: api.port, bare: bare.port, url, db, seconds };
    await warmUp(scenario, at);
    for (const connections of CONNECTIONS) {
      rows.push(await compare(scenario, connections, at));
      print(rows.at(-1)!);
    }
  }
  bare.child.kill('SIGTERM');
  const visits: CounterVisits[] = [];
  const next = await handsetsToBring(db, DEVICES[scale]);
  for (const connections of wanted('counter visit') ? TILLS : []) {
    const at = { port: api.port, tokens, seconds: Math.max(seconds, 8) };
    visits.push(await measureCounterVisits(at, next, connections));
    printVisits(visits.at(-1)!);
  }
  const memoryMb = await peakMemoryMb(api.child.pid!);
  await stop(api.child);
  const coldStartMs = await coldStart(dir);
  console.log(`peak memory of the API ${memoryMb} MB, cold start ${coldStartMs} ms`);
  const data = { holdings: SCALES[scale], devices: DEVICES[scale] };
  await keep(scale, { scale, ...data, seconds, rows, visits, memoryMb, coldStartMs, node: process.version });
}

async function surgeOf({ dir, url, db }: Carrier): Promise<void> {
  const api = await startApi(dir, url, { flags: profiling() });
  const locationId = await anyStore(db);
  await forgetQuotes(db);
  await makeLogFiles(db);
  await warm(db);
  const token = (await tokensIn(dir)).backOffice;
  const figures = await measureSurge(api.port, Number(asked.surge), () =>
    quoteOf(paidFor(DEVICES[scale]), token, locationId),
  );
  console.log(JSON.stringify(figures));
  await stop(api.child);
  await keep('surge', { scale, ...figures, node: process.version });
}

const wanted = (name: string): boolean => asked.only.split(',').some((part) => name.includes(part));

async function anyStore(db: pg.Client): Promise<string> {
  const { rows } = await db.query<{ id: string }>(`select id from stock_location where code = 'ST-0'`);
  return rows[0]!.id;
}

async function ofTills(db: pg.Client, token: string): Promise<Scenario[]> {
  const { rows: places } = await db.query<{ id: string; latitude: number; longitude: number }>(
    'select id, latitude, longitude from stock_location',
  );
  return scenarios({ ...(await draw(db)), token, placeOf: placesOf(places) });
}

async function withCarrier(work: (carrier: Carrier) => Promise<void>): Promise<void> {
  const carrier = await openCarrier(scale);
  await work(carrier);
  await carrier.stop();
}

if (Number(asked.bulk)) await bulk('bulk', UNITS, Number(asked.bulk));
else if (Number(asked.codes)) await bulk('codes', CODES, Number(asked.codes));
else if (Number(asked.prices)) await bulk('prices', PRICES, Number(asked.prices));
else if (Number(asked.sweep)) await sweep(Number(asked.sweep), Number(asked['one-in']));
else await withCarrier(Number(asked.surge) ? surgeOf : scenariosOf);
process.exit(0);

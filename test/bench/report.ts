import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CounterVisits } from './counter-visit.js';
import type { Measured } from './load.js';

/** One scenario, and the two limits of the machine. */
export interface Row {
  scenario: string;
  connections: number;
  api: Measured;
  bare: Measured;
  sql: Measured;
  ratioToBare: number;
  ratioToSql: number;
}

const figures = ({ requestsPerSecond, p50Ms, p99Ms, errors }: Measured): string =>
  `${String(requestsPerSecond).padStart(6)}/s p50 ${String(p50Ms).padStart(6)} p99 ${String(p99Ms).padStart(6)}${errors ? ` errors ${errors}` : ''}`;

export function printVisits({ connections, visits }: CounterVisits): void {
  console.log(`${'counter visit, 7 calls'.padEnd(26)} x${String(connections).padEnd(3)} api ${figures(visits)}`);
}

export function print({ scenario, connections, api, bare, sql, ratioToBare, ratioToSql }: Row): void {
  console.log(
    `${scenario.padEnd(26)} x${String(connections).padEnd(3)} api ${figures(api)} | bare ${figures(bare)} | sql ${figures(sql)} | to bare ${ratioToBare.toFixed(2)} to sql ${ratioToSql.toFixed(2)}`,
  );
}

/** Keeps the figures of a run as `bench-results/<name>.json`. */
export async function keep(name: string, figures: object): Promise<void> {
  await mkdir('bench-results', { recursive: true });
  const file = path.join('bench-results', `${name}.json`);
  await writeFile(file, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`written to ${file}`);
}

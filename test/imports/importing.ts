import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../support/client.js';

export interface Job {
  id: string;
  state: string;
  percent: number;
  linesRead: number;
  linesApplied: number;
  linesUnchanged: number;
  linesFailed: number;
  failure: string | null;
  finishedAt: string | null;
}

export interface Fault {
  line: number;
  column: string;
  value: string;
  code: string;
}

interface Upload {
  options?: string;
  type?: string;
  key?: string;
}

export const sample = (file: string): string =>
  readFileSync(path.resolve(__dirname, `../../src/local/sample/${file}.csv`), 'utf8');

export const handIn = (
  client: Client,
  kind: string,
  text: string | Buffer,
  { options = '', type = 'text/csv', key }: Upload = {},
) =>
  client.send<Job & { code: string }>('POST', `/v1/imports?kind=${kind}${options}`, {
    raw: text,
    headers: { 'content-type': type },
    ...(key ? { key } : {}),
  });

export async function untilDone(client: Client, id: string): Promise<Job> {
  for (const until = Date.now() + 50_000; Date.now() < until; await pause(30)) {
    const { body } = await client.get<Job>(`/v1/imports/${id}`);
    if (body.finishedAt) return body;
  }
  throw new Error('The import does not end.');
}

/** Hands a file in and waits until it is done. */
export async function importFile(
  client: Client,
  kind: string,
  text: string | Buffer,
  upload: Upload = {},
): Promise<Job> {
  const { status, body, text: answer } = await handIn(client, kind, text, upload);
  if (status !== 202) throw new Error(`${status} ${answer}`);
  return untilDone(client, body.id);
}

export async function faultsOf(client: Client, { id }: Job): Promise<string[]> {
  const { body } = await client.get<{ items: Fault[] }>(`/v1/imports/${id}/faults?limit=200`);
  return body.items.map(({ line, column, code }) => `${line} ${column} ${code}`);
}

export const countsOf = ({ state, linesRead, linesApplied, linesUnchanged, linesFailed }: Job) =>
  [state, linesRead, linesApplied, linesUnchanged, linesFailed] as const;

/** The files a carrier begins with, in the order they build on each other. */
export async function importGround(client: Client): Promise<void> {
  for (const [kind, file] of [
    ['LOCATIONS', 'locations'],
    ['CATALOGUE', 'catalogue'],
  ] as const) {
    await importFile(client, kind, sample(file));
  }
}

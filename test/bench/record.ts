// Loaded before the program (`node --import`): writes down every statement it sends, and when.
import { appendFileSync } from 'node:fs';
import pg from 'pg';
import type { Heard } from './recording.js';

type Send = (...given: unknown[]) => unknown;
type Told = (...told: unknown[]) => void;

const file = process.env['RECORD_TO']!;
const client = pg.Client.prototype as unknown as { query: Send };
const send = client.query;

const plain = (_key: string, value: unknown) => {
  const bytes = value as { type?: string; data?: number[] } | null;
  return bytes?.type === 'Buffer' ? { base64: Buffer.from(bytes.data!).toString('base64') } : value;
};

client.query = function (this: { processID: number }, ...given: unknown[]) {
  const [first, second] = given as [string | { text: string; values?: unknown[] }, unknown];
  const text = typeof first === 'string' ? first : first.text;
  const values = (typeof first === 'string' ? second : first.values) as unknown[] | undefined;
  const began = performance.now();
  const note = () => {
    const heard: Heard = {
      client: this.processID,
      text,
      values: Array.isArray(values) ? values : [],
      began,
      ended: performance.now(),
    };
    appendFileSync(file, `${JSON.stringify(heard, plain)}\n`);
  };
  const last = given.at(-1);
  if (typeof last === 'function') {
    given[given.length - 1] = (...told: unknown[]) => {
      note();
      (last as Told)(...told);
    };
    return send.apply(this, given);
  }
  const answer = send.apply(this, given);
  if (answer instanceof Promise) void answer.then(note, note);
  return answer;
};

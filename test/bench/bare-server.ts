// The limit of the machine: the least HTTP server that runs the same statements through `pg` and sends their rows.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import pg from 'pg';
import { play, type Recording } from './recording.js';

const [url, port, recorded] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 16 });
/** Plans are made as the program has them made. */
const asTheProgram = new pg.Pool({ connectionString: url, max: 16, options: '-c plan_cache_mode=force_generic_plan' });
const recordings = JSON.parse(recorded ? readFileSync(recorded, 'utf8') : '{}') as Record<string, Recording>;

interface Asked {
  name: string;
  text: string;
  values: unknown[];
}

/** Buffers travel as base64. */
const revived = (_key: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'base64' in value
    ? Buffer.from(String(value.base64), 'base64')
    : value;

const statements = new Map<string, string>();

async function rowsFor(asked: Asked): Promise<unknown[]> {
  const recording = recordings[asked.name];
  if (recording) return play(asTheProgram, recording, asked.values as string[]);
  if (asked.text) statements.set(asked.name, asked.text);
  return (await pool.query({ name: asked.name, text: statements.get(asked.name)!, values: asked.values })).rows;
}

http
  .createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(parts).toString(), revived) as Asked;
      rowsFor(asked).then(
        (rows) => {
          const body = JSON.stringify(rows);
          // No row is an answer to a search, and a refusal of a reservation.
          response.writeHead(rows.length || !asked.name.startsWith('reserve') ? 200 : 409, {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          });
          response.end(body);
        },
        (error: Error) => {
          response.writeHead(500, { 'content-length': Buffer.byteLength(error.message) });
          response.end(error.message);
        },
      );
    });
  })
  .listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));

import { readdir } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { associateOf } from '../support/tokens.js';
import { jpeg } from '../trade-ins/pictures.js';
import { TradeDesk } from '../trade-ins/trade-desk.js';

const COUNT = Number(process.env['PHOTOGRAPHS'] ?? 10_000);
/** A machine opens so many connections to one port at a time and no more. */
const SOCKETS = 2000;

describe(`${COUNT} photographs at once`, () => {
  it('are taken a few at a time, the others turned away; others are served, and nothing is kept of what is none', async () => {
    const desk = await TradeDesk.open({ RATE_LIMIT_PER_MINUTE: '100000000' });
    try {
      const { trade } = await desk.received();
      const token = await desk.shop.token(associateOf(desk.storeId));
      const right = await jpeg({ width: 1000, height: 1000 });
      const wrong = [
        Buffer.from('<svg onload="alert(1)"/>'),
        Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(50_000)]),
      ];
      const agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS });
      const send = (raw: Buffer) =>
        new Promise<number>((resolve) => {
          const headers = {
            authorization: `Bearer ${token}`,
            'content-type': 'image/jpeg',
            'idempotency-key': randomUUID(),
          };
          const url = `${desk.shop.url}/v1/trade-ins/${trade.id}/photographs`;
          const request = http.request(url, { method: 'POST', agent, headers }, (answer) => {
            answer.resume();
            answer.on('end', () => resolve(answer.statusCode!));
          });
          request.on('error', () => resolve(0));
          request.end(raw);
        });
      let over = false;
      const waits: number[] = [];
      const bystander = (async () => {
        while (!over) {
          const from = performance.now();
          // Turned away like everybody while it is full, and served at the next try or the one after.
          while ((await desk.people.office.get(`/v1/trade-ins/${trade.id}`)).status === 503) await pause(20);
          waits.push(performance.now() - from);
          await pause(20);
        }
      })();
      const answers = await Promise.all(
        Array.from({ length: COUNT }, (_, at) => send(at % 3 === 0 ? right : wrong[at % 2]!)),
      );
      over = true;
      await bystander;
      agent.destroy();
      const counted: Record<number, number> = {};
      for (const status of answers) counted[status] = (counted[status] ?? 0) + 1;
      const text = await (await fetch(`${desk.shop.url}/metrics`)).text();
      const memoryMb = Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6);
      waits.sort((a, b) => a - b);
      const waited = Math.round(waits[Math.floor(waits.length * 0.99)] ?? 0);
      process.stdout.write(
        `${JSON.stringify(counted)}, ${memoryMb} MB, bystanders waited ${waited} ms at most but one in a hundred\n`,
      );
      // A connection may be ended by whoever turns a large body away before it was read.
      expect(
        Object.keys(counted).filter(
          (status) => !['0', '201', '400', '409', '413', '415', '422', '503'].includes(status),
        ),
      ).toEqual([]);
      expect(counted[503]).toBeGreaterThan(COUNT / 4);
      expect(memoryMb).toBeLessThan(600);
      const kept = await readdir(path.join(desk.shop.server.dataDir, 'files'), {
        recursive: true,
        withFileTypes: true,
      });
      // All the right ones are one picture.
      expect(kept.filter((entry) => entry.isFile()).length).toBeLessThanOrEqual(1);
    } finally {
      await desk.shop.close();
    }
  });
});

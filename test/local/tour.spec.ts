import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { disagreements } from '../support/books.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { startServer, type ServerProcess } from '../support/server.js';

const TOUR = path.resolve(__dirname, '../../dist/src/local/tour.js');

let database: TestDatabase;
let server: ServerProcess;
let db: pg.Pool;
beforeAll(async () => {
  database = await cloneDatabase();
  server = await startServer(database.url, { SAMPLE_CARRIER: 'on' });
  db = new pg.Pool({ connectionString: database.url, max: 2 });
}, 120_000);
afterAll(async () => {
  await db.end();
  await server.stop();
  await database.drop();
});

async function tour(env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [TOUR], {
    env: { PATH: process.env['PATH'], DATA_DIR: server.dataDir, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

const shelf = async () =>
  (
    await db.query<{ line: string }>(
      `select concat_ws(' ', disposition, count(*)) as line from stock_holding where closed_at is null group by disposition order by 1`,
    )
  ).rows.map(({ line }) => line);

describe('the tour', () => {
  it('plays the day, puts everything back, and can be played again', async () => {
    const before = await shelf();
    for (let time = 1; time <= 2; time++) {
      const { code, said } = await tour();
      expect([code, said.split('\n').at(-2)]).toEqual([0, 'All as it should be, and everything back in its place.']);
      for (const told of [
        'GET /v1/catalogue?q=blackbery q10&limit=5',
        'BB-Q10-16-BLK-REF-GOOD  $384.00',
        /200 none\n/,
        /Bellevue Square, 1\d\.?\d* km: \d of BB-Q10-16-BLK-REF-GOOD/,
        /409 UNIT_RESERVED associate-1 holds it until 20\d\d-/,
        '$384.00, today $0.00, then 24 x $16.00',
        '409 WRONG_UNIT_SCANNED',
        'HANDED_OVER',
        'TAC 35292105: BlackBerry Z10 STL100-1 Black, 85 % sure (IMEIDB, OSMOCOM)',
        'RETURNED',
        '409 NOT_READY_FOR_SALE',
        'AVAILABLE',
        'PRICE_LINE SYNTHETIC-US-1: $184.00',
        'BILL_CREDIT $184.00: PAID',
        'graded GOOD',
        '$384.00, cost $194.00, margin $190.00',
        'and it may come back once more: BOUGHT for $184.00',
      ]) {
        expect(said).toMatch(told);
      }
      // Coloured for people only.
      expect(said).not.toContain('\u001b[');
      expect(await shelf()).toEqual(before);
    }
    const { rows } = await db.query('select status, count(*)::int as n from sale group by 1 order by 1');
    expect(rows).toEqual([
      { status: 'HANDED_OVER', n: 2 },
      { status: 'RETURNED', n: 2 },
    ]);
    expect(await disagreements({ db })).toEqual([]);
  });

  it('says in a plain sentence what is in the way', async () => {
    const plainly = async (env: Record<string, string>) => {
      const { code, said } = await tour(env);
      expect(code).toBe(1);
      expect(said).not.toMatch(/^\s+at /m);
      return said;
    };
    expect(await plainly({ DATA_DIR: '/nowhere' })).toContain('There are no tokens in /nowhere/dev-tokens.json');
    expect(await plainly({ LOOPLINE_URL: 'http://127.0.0.1:9' })).toContain(
      'http://127.0.0.1:9 does not answer. Is the server running? npm start',
    );
    const stock = `from sku s where s.id = h.sku_id and s.code like 'BB-Q10%REF-GOOD' and h.disposition = `;
    await db.query(`update stock_holding h set disposition = 'DISPLAY' ${stock} 'AVAILABLE'`);
    expect(await plainly({})).toContain('Three shops near should have a refurbished one of grade GOOD, and 0 have.');
    await db.query(`update stock_holding h set disposition = 'AVAILABLE' ${stock} 'DISPLAY'`);
  });
});

import { ledgerDrill, openLedgerDesk } from '../trade-ins/ledger-drill.js';

const SEED = Number(process.env['LEDGER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const RUNS = Number(process.env['LEDGER_RUNS'] ?? 3000);

describe('the books of trade-ins', () => {
  it(`balance, and never owe less than nothing, after ${RUNS} random courses: LEDGER_SEED=${SEED}`, async () => {
    const desk = await openLedgerDesk({ SWEEP_INTERVAL_MS: '150', RATE_LIMIT_PER_MINUTE: '100000000' });
    try {
      expect(await ledgerDrill(desk, RUNS, SEED)).toEqual([]);
    } finally {
      await desk.shop.close();
    }
  });
});

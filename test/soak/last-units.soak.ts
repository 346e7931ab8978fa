import { disagreements } from '../support/books.js';
import { openShop } from '../support/shop.js';
import { lastUnitsDrill, OPEN_DOORS } from '../support/till-drills.js';

describe('64 tills want the last 100 units of one SKU, in 10,000 tries', () => {
  it('gives exactly 100 of them, fails nobody, and answers 99 of 100 within 250 ms', async () => {
    const shop = await openShop(OPEN_DOORS);
    try {
      const report = await lastUnitsDrill(shop, { tills: 64, units: 100, tries: 10_000 });
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      expect(report).toMatchObject({
        ...{ answers: { 201: 100, '409 INSUFFICIENT_STOCK': 9900 }, given: 100 },
        effects: { reserved: 100, ledger: 100, events: 100 },
      });
      expect(Object.keys(report.answers)).toHaveLength(2);
      expect(report.p99).toBeLessThan(250);
      expect(await disagreements(shop)).toEqual([]);
    } finally {
      await shop.close();
    }
  });
});

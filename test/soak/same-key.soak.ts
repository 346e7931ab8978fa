import { disagreements } from '../support/books.js';
import { openShop } from '../support/shop.js';
import { OPEN_DOORS, sameKeyDrill } from '../support/till-drills.js';

const KEYS = 1000;
const AT_ONCE = 50;

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, one) => total + one, 0);

describe('send each of 1,000 keys 50 times at once, another body and another caller among them', () => {
  it('has one effect a key and caller, one answer to the byte, and refuses the other body', async () => {
    const shop = await openShop(OPEN_DOORS);
    try {
      const began = performance.now();
      const report = await sameKeyDrill(shop, { keys: KEYS, atOnce: AT_ONCE });
      const seconds = Math.round((performance.now() - began) / 1000);
      process.stdout.write(`${JSON.stringify({ seconds, ...report }, null, 2)}\n`);
      const { same, otherBody, otherFirst, told } = report;
      // Whoever comes while the first is at work may be told so; nobody is told anything else.
      expect(Object.keys(same).filter((answer) => !['201', '409 STILL_RUNNING'].includes(answer))).toEqual([]);
      expect(
        Object.keys(otherBody).filter((one) => !['422 IDEMPOTENCY_KEY_REUSED', '409 STILL_RUNNING'].includes(one)),
      ).toEqual([]);
      expect(sum(same)).toBe((KEYS - otherFirst) * AT_ONCE + otherFirst);
      expect(sum(otherBody)).toBe(KEYS - otherFirst + otherFirst * AT_ONCE);
      expect(otherBody['422 IDEMPOTENCY_KEY_REUSED']).toBeGreaterThanOrEqual(
        KEYS - (otherBody['409 STILL_RUNNING'] ?? 0),
      );
      expect(report).toMatchObject({
        ...{ sent: KEYS * (AT_ONCE + 2), otherCaller: { 201: KEYS }, unlike: 0, unanswered: 0, shared: 0 },
        replayed: same['201']! - KEYS,
        told: { reservations: 2 * KEYS, units: 2 * KEYS + otherFirst },
        effects: { reserved: told.units, ledger: told.units, events: 2 * KEYS },
      });
      expect(await shop.count('select count(*) from reservation')).toBe(2 * KEYS);
      expect(await shop.count('select count(*) from idempotency_key')).toBe(2 * KEYS);
      expect(await disagreements(shop)).toEqual([]);
    } finally {
      await shop.close();
    }
  });
});

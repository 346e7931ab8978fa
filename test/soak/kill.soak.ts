import { killDrill } from '../support/kill-drill.js';

describe('kill the program 1,000 times while 16 tills reserve', () => {
  it(
    'loses, doubles and orphans nothing',
    async () => {
      const report = await killDrill({ kills: 1000, seconds: 4 * 3600 }, (progress) =>
        process.stdout.write(`${progress}\n`),
      );
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      const { acknowledged } = report;
      expect(acknowledged).toBeGreaterThan(1000);
      expect(report).toMatchObject({ kills: 1000, unexpected: {}, lost: 0, doubled: 0, unasked: 0, orphans: 0 });
      expect(report.books).toEqual({
        ...{ active: acknowledged, reserved: acknowledged, ledger: acknowledged, events: acknowledged },
        ...{ history: acknowledged, keys: acknowledged },
      });
    },
    5 * 3_600_000,
  );
});

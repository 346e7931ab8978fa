import { killDrill } from '../support/kill-drill.js';

describe('kill the program 100 times while 16 tills reserve', () => {
  it('loses, doubles and orphans nothing', async () => {
    const report = await killDrill({ kills: 100, seconds: 120 });
    const { kills, seconds, acknowledged, resent, replayed } = report;
    process.stdout.write(
      `${kills} kills in ${seconds} s: ${acknowledged} reservations acknowledged, ${resent} requests sent again, ` +
        `${replayed} answered with the stored answer\n`,
    );
    // Fewer than 100 only on a machine too busy to start the program so often within the time.
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(acknowledged).toBeGreaterThan(kills);
    expect(report).toMatchObject({ unexpected: {}, lost: 0, doubled: 0, unasked: 0, orphans: 0 });
    expect(report.books).toEqual({
      ...{ active: acknowledged, reserved: acknowledged, ledger: acknowledged, events: acknowledged },
      ...{ history: acknowledged, keys: acknowledged },
    });
  }, 500_000);
});

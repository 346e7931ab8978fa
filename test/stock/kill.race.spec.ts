import { killDrill } from '../support/kill-drill.js';

describe('kill the program over and over, a hundred times at most, while 16 tills reserve', () => {
  it('loses, doubles and orphans nothing', async () => {
    const report = await killDrill({ kills: 100, seconds: 60 });
    const { kills, seconds, startMs, acknowledged, resent, replayed } = report;
    process.stdout.write(
      `${kills} kills in ${seconds} s, a start takes ${startMs} ms: ${acknowledged} reservations acknowledged, ` +
        `${resent} requests sent again, ${replayed} answered with the stored answer\n`,
    );
    // Every kill takes a start, nearly all of it the processor's time: where the time is too short for 100, no fewer
    // than could be started one after the other. The hundreds more are in the soak.
    expect(kills).toBeGreaterThanOrEqual(Math.min(100, Math.floor((seconds * 1000) / (startMs + 50))));
    expect(kills).toBeGreaterThanOrEqual(8);
    expect(acknowledged).toBeGreaterThan(kills);
    expect(report).toMatchObject({ unexpected: {}, lost: 0, doubled: 0, unasked: 0, orphans: 0 });
    expect(report.books).toEqual({
      ...{ active: acknowledged, reserved: acknowledged, ledger: acknowledged, events: acknowledged },
      ...{ history: acknowledged, keys: acknowledged },
    });
  }, 500_000);
});

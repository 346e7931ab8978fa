import { overloadDrill } from '../support/overload-drill.js';

describe('ask for ten times as many reports as can be made', () => {
  it('serves the tills, turns the rest away at once, and is itself again soon after', async () => {
    const report = await overloadDrill(10);
    const { peak, offered, goodput, reports, tills, recoveredAfter } = report;
    process.stdout.write(
      `${offered} reports a second offered where ${peak} are possible: ${goodput} made; ${reports.shed} turned away, ` +
        `99 of 100 within ${reports.shedP99} ms; tills ${tills.ok} of ${tills.sent}, 99 of 100 within ${tills.okP99} ms; ` +
        `recovered after ${recoveredAfter} ms\n`,
    );
    // The shape only: figures are for a machine of its own, in the soak.
    expect([reports.other, tills.other]).toEqual([0, 0]);
    expect(reports.shed).toBeGreaterThan(reports.sent / 2);
    expect(tills.ok / tills.sent).toBeGreaterThan(0.9);
    expect(goodput).toBeGreaterThan(peak / 10);
    // On a machine too busy for anything, saying no takes no longer than selling does.
    expect(reports.shedP99).toBeLessThan(Math.max(3000, 2 * tills.okP99));
    expect(recoveredAfter).toBeLessThan(20_000);
  }, 120_000);
});

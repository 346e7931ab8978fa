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
    // The shape only: on a busy machine sender and server starve each other. The figures are asserted in the soak.
    expect(reports.shed).toBeGreaterThan(reports.sent / 10);
    expect(tills.ok / tills.sent).toBeGreaterThan(0.5);
    expect(goodput).toBeGreaterThan(0);
    expect(recoveredAfter).toBeLessThan(60_000);
  }, 120_000);
});

import { overloadDrill } from '../support/overload-drill.js';

describe('ask for ten times as many reports as can be made, for a minute', () => {
  it('keeps what the scorecard promises', async () => {
    const report = await overloadDrill(60);
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    const { peak, goodput, reports, tills, recoveredAfter } = report;
    expect([reports.other, tills.other]).toEqual([0, 0]);
    expect(goodput / peak).toBeGreaterThanOrEqual(0.85);
    expect(reports.shedP99).toBeLessThan(300);
    expect(tills.ok / tills.sent).toBeGreaterThanOrEqual(0.99);
    expect(recoveredAfter).toBeLessThanOrEqual(5000);
  }, 300_000);
});

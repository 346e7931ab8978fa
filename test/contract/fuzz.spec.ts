import { fuzz } from './fuzz.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);

/** Operations that only others than these callers can do, or that take more than one request. */
const NEVER_BY_CHANCE: string[] = [];

describe('requests made from the API document', () => {
  it(`are answered as documented: ${REQUESTS} of them, FUZZ_SEED=${SEED}`, async () => {
    const report = await fuzz(REQUESTS, SEED);
    const { findings, changed, leaked, neverDone } = report;
    if (findings.length || changed.length || leaked.length || process.env['FUZZ_REPORT']) {
      process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
    }
    expect({ seed: SEED, findings, changed, leaked }).toEqual({ seed: SEED, findings: [], changed: [], leaked: [] });
    expect(report.sent).toBe(REQUESTS);
    expect(report.refused).toBeGreaterThan(Math.min(REQUESTS, 1000) / 4);
    // Sent again by callers that are still known, else nothing could have changed.
    expect(report.repeats['409']).toBeGreaterThan(0);
    if (REQUESTS >= 10_000) expect(neverDone).toEqual(NEVER_BY_CHANCE);
  }, 3_600_000);
});

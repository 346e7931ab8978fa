import { unlockKillDrill } from './unlock-kill-drill.js';
import { codeFileDrill, type CodeFileReport } from './code-file-drill.js';

/** What a file that was read whole leaves behind. */
const wholeOf = ({ expected: { applied, failed } }: CodeFileReport) => ({
  ...{ held: applied, handsets: applied, others: 0, batches: 1, faults: failed, jobs: 1, pieces: 0 },
  ...{ uploads: 1, endings: 1, events: 1, keys: 1, brokenLinks: 0 },
});

describe("kill the program while it reads a maker's file of codes", () => {
  it('loses, doubles and shows nothing', async () => {
    const report = await codeFileDrill({ rows: 6000, kills: 4 });
    const { kills, seconds, killedAt, expected } = report;
    process.stdout.write(`${kills} kills in ${seconds} s, after ${killedAt.join(', ')} lines\n`);
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(report).toMatchObject({ job: { state: 'DONE', failure: null, ...expected }, wrong: 0, plain: [] });
    expect(report.books).toEqual(wholeOf(report));
    const { applied, unchanged, failed } = expected;
    expect(report.again).toEqual({ failure: null, applied: 0, unchanged: applied + unchanged, failed });
  }, 300_000);
});

describe('kill the program while handsets are asked for, approved, and their codes shown', () => {
  it('loses and doubles nothing, and shows no code that is not in the audit', async () => {
    const report = await unlockKillDrill({ kills: 10, seconds: 20, handsets: 1000 });
    const { kills, seconds, customers, resent, replayed, revealed, audited, counted } = report;
    process.stdout.write(
      `${kills} kills in ${seconds} s: ${customers} customers, ${revealed} codes shown, ${resent} requests sent again, ` +
        `${replayed} answered with the stored answer\n`,
    );
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(customers).toBeGreaterThan(kills);
    expect(report).toMatchObject({ unexpected: {}, disagreements: [], brokenLinks: 0, plain: [] });
    expect(report.states).toEqual({ COMPLETED: customers });
    expect(audited).toBe(revealed);
    expect(counted).toBeGreaterThanOrEqual(revealed);
  }, 300_000);
});

import { codeFileDrill } from '../unlock-requests/code-file-drill.js';
import { unlockKillDrill } from '../unlock-requests/unlock-kill-drill.js';

const say = (progress: string) => process.stdout.write(`${progress}\n`);

describe("kill the program 50 times while it reads a maker's file of 100,000 codes", () => {
  it('loses, doubles and shows nothing', async () => {
    const report = await codeFileDrill({ rows: 100_000, kills: 50 }, say);
    say(JSON.stringify(report, null, 2));
    const { applied, unchanged, failed } = report.expected;
    expect(report).toMatchObject({
      ...{ kills: 50, job: { state: 'DONE', ...report.expected }, wrong: 0, plain: [] },
      books: { held: applied, handsets: applied, others: 0, batches: 1, faults: failed, pieces: 0, brokenLinks: 0 },
      again: { applied: 0, unchanged: applied + unchanged, failed },
    });
  });
});

describe('kill the program 300 times while handsets are asked for, approved, and their codes shown', () => {
  it('loses and doubles nothing, and shows no code that is not in the audit', async () => {
    const report = await unlockKillDrill({ kills: 300, seconds: 3600, handsets: 60_000 }, say);
    say(JSON.stringify(report, null, 2));
    expect(report).toMatchObject({ kills: 300, unexpected: {}, disagreements: [], brokenLinks: 0, plain: [] });
    expect(report.states).toEqual({ COMPLETED: report.customers });
    expect(report.audited).toBe(report.revealed);
  });
});

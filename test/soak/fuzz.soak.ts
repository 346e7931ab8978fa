import { fuzz } from '../contract/fuzz.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 100_000);

/** The shop is opened anew from time to time: after too many acts at random everything in it is sold or closed. */
const A_SHOP = 20_000;

describe('requests made from the API document, for long', () => {
  it(`are answered as documented: ${REQUESTS} of them, FUZZ_SEED=${SEED}`, async () => {
    for (let done = 0, turn = 0; done < REQUESTS; done += A_SHOP, turn++) {
      const seed = SEED + turn * 1_000_003;
      const { findings, changed, leaked, sent, statuses } = await fuzz(Math.min(A_SHOP, REQUESTS - done), seed);
      process.stdout.write(`FUZZ_SEED=${seed}: ${sent} sent, ${JSON.stringify(statuses)}\n`);
      expect({ seed, findings, changed, leaked }).toEqual({ seed, findings: [], changed: [], leaked: [] });
    }
  });
});

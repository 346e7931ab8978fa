import usual from '../../jest.config.js';

/** What takes too long for every change: run with `npm run test:soak`. */
/** @type {import('jest').Config} */
export default {
  ...usual,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/soak/**/*.soak.ts'],
  testTimeout: 3_600_000,
  maxWorkers: 1,
};

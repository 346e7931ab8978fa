import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { readSettings, SETTINGS, settingsTable } from '../../src/platform/settings.js';
import { ROOT } from './document.js';
import { nodesOf, parse, readSources, type Source } from './sources.js';

const NAMES = Object.keys(SETTINGS);
/** Handed on as a whole to a program that is started. */
const HANDED_ON = ['src/local/embedded-postgres.process.ts'];

const isEnvironment = (node: ts.Node): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) && node.getText() === 'process.env';

/** What is read from the environment other than by handing it to readSettings. */
function readsOf(source: Source): string[] {
  return nodesOf(source, isEnvironment)
    .filter(({ parent }) => !(ts.isCallExpression(parent) && parent.expression.getText() === 'readSettings'))
    .map(({ parent }) => `${source.file}: ${parent.getText()}`);
}

/** Lines of the README's table that are not as the program would write them. */
const missingLines = (readme: string) => {
  const lines = readme.split('\n').map((line) => line.replace(/ +/g, ' ').trim());
  const told = settingsTable().split('\n').slice(2);
  return told.filter((line) => !lines.includes(line.replace(/ +/g, ' ').trim()));
};

const run = (program: string, env: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [program], { cwd: ROOT, env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' });

/** One value of each that no sensible reader takes. */
const WRONG: Readonly<Record<keyof typeof SETTINGS, string>> = {
  PORT: '65536',
  HOST: `${'h'.repeat(2001)}`,
  DATABASE_URL: 'mysql://localhost/loopline',
  DATA_DIR: 'd'.repeat(2001),
  OIDC_ISSUER: 'ftp://issuer.example',
  OIDC_AUDIENCE: 'two words',
  POOL_SIZE: '0',
  PREPARED_STATEMENTS: 'yes',
  CONNECT_TIMEOUT_MS: '-1',
  STATEMENT_TIMEOUT_MS: '5s',
  LOCK_TIMEOUT_MS: '1e3',
  IDLE_TRANSACTION_TIMEOUT_MS: '10.5',
  MAX_IN_FLIGHT: 'many',
  MAX_REPORTS_IN_FLIGHT: '0',
  RATE_LIMIT_PER_MINUTE: '0x10',
  BODY_LIMIT_KB: ' 1024',
  UPLOAD_LIMIT_MB: 'Infinity',
  MAX_PHOTOGRAPHS_IN_FLIGHT: '0',
  PHOTOGRAPH_KEEP_DAYS: '36501',
  FILES_URL: 's3://photographs',
  FILES_REGION: 'US East',
  FILES_ACCESS_KEY: 'a b',
  FILES_SECRET_KEY: 's'.repeat(8001),
  FILES_TIMEOUT_MS: '49',
  SHUTDOWN_LIMIT_MS: 'NaN',
  SWEEP_INTERVAL_MS: '0',
  WORKER: 'true',
  SAMPLE_CARRIER: '1',
  BILLING_URL: 'billing.example',
  BILLING_TIMEOUT_MS: '49',
  BILLING_TOKEN: 'a b',
  REGISTRY_URL: 'http://',
  REGISTRY_TIMEOUT_MS: '60001',
  REGISTRY_PARTNER_ID: 'café',
  REGISTRY_TOKEN: 't'.repeat(8001),
  REGISTRY_FRESH_MINUTES: '-1',
  KEYRING_FILE: `/${'k'.repeat(2000)}`,
  HOME_JURISDICTION: 'usa',
  AUTO_UNLOCK_HOUR: '25',
  SMTP_URL: 'mail.example:25',
  MAIL_FROM: 'nobody',
  MAIL_TIMEOUT_MS: '49',
  PUBLIC_URL: 'unlock.example',
  TRUST_PROXY: 'yes',
  LOOPLINE_URL: 'localhost:3000',
  LOOPLINE_TOKEN: 'a b',
  LOG_LEVEL: 'INFO',
};

describe('the configuration', () => {
  it('is read in one place', () => {
    const reads = readSources('src')
      .filter(({ file }) => !HANDED_ON.includes(file))
      .flatMap(readsOf);
    expect(reads).toEqual([]);
  });

  it.each(["process.env['EXTRA']", 'const { EXTRA } = process.env', 'process.env.EXTRA'])(
    'would be caught elsewhere: %s',
    (text) => {
      expect(readsOf(parse('src/planted.ts', text))).toHaveLength(1);
    },
  );

  it('is told of in the README, line by line', () => {
    const readme = path.join(ROOT, 'README.md');
    if (!existsSync(readme)) return;
    expect(missingLines(readFileSync(readme, 'utf8'))).toEqual([]);
  });

  it('would be caught when the README is out of date', () => {
    expect(missingLines(settingsTable())).toEqual([]);
    expect(missingLines(settingsTable().replace('`12000`', '`100`'))).toHaveLength(1);
    expect(missingLines('')).toHaveLength(NAMES.length);
  });

  it('has a fallback that it would itself take', () => {
    const given = Object.entries(readSettings({})).map(([name, value]) => [name, String(value)] as const);
    expect(readSettings(Object.fromEntries(given))).toEqual(readSettings({}));
  });

  it.each(Object.entries(WRONG))('refuses what %s cannot be and says what it takes', (name, value) => {
    const { about } = SETTINGS[name as keyof typeof SETTINGS];
    expect(() => readSettings({ [name]: value })).toThrow(
      new Error(`The configuration is not as it should be:\n  ${name}: ${about}`),
    );
  });

  it.each(['dist/main.js', 'dist/start.js'])(
    'names every wrong variable in plain words and ends %s with 1',
    (program) => {
      const { status, stdout, stderr } = run(program, WRONG);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr.trim().split('\n')).toEqual([
        'The configuration is not as it should be:',
        ...NAMES.map((name) => `  ${name}: ${SETTINGS[name as keyof typeof SETTINGS].about}`),
      ]);
    },
  );

  it.each([
    [{}, 'Set DATABASE_URL, or use `npm start` for the embedded database.'],
    [{ DATABASE_URL: 'postgres://127.0.0.1/none' }, 'Set OIDC_ISSUER, or use `npm start` for the embedded issuer.'],
  ])('says what is missing when main starts with %j', (env, sentence) => {
    const { status, stdout, stderr } = run('dist/main.js', env as Record<string, string>);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: `${sentence}\n` });
  });
});

import { PlainSentence } from './plain-sentence.js';

interface Setting<T> {
  /** What it is for, in the words of the README's table. */
  readonly about: string;
  readonly fallback: T;
  read(text: string): T | undefined;
}

function whole(fallback: number, min: number, max: number, about: string): Setting<number> {
  const read = (text: string) => {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= min && value <= max ? value : undefined;
  };
  return { about: `${about} (${min} to ${max})`, fallback, read };
}

function text(fallback: string, about: string, pattern = /^[^\0]{1,2000}$/): Setting<string> {
  return { about, fallback, read: (given) => (pattern.test(given) ? given : undefined) };
}

function address(about: string): Setting<string> {
  return {
    about,
    fallback: '',
    read: (given) => (/^https?:\/\//.test(given) && URL.canParse(given) ? given : undefined),
  };
}

function choice<const T extends string>(fallback: T, options: readonly T[], about: string): Setting<T> {
  return {
    about: `${about} (${options.join(', ')})`,
    fallback,
    read: (given) => options.find((option) => option === given),
  };
}

const SECRET = /^[\x21-\x7e]{0,8000}$/;

/** Every environment variable the program reads; the README's table is held against it by a test. */
export const SETTINGS = {
  PORT: whole(3000, 0, 65535, 'TCP port of the API; 0 takes any free one'),
  HOST: text('127.0.0.1', 'address the API listens on; `0.0.0.0` in a container'),
  DATABASE_URL: text(
    '',
    'PostgreSQL 15 or newer to use instead of the embedded one',
    /^(postgres(ql)?:\/\/[^\0]{1,1000})?$/,
  ),
  DATA_DIR: text('.data', 'directory of the embedded database, the issuer keys and `dev-tokens.json`'),
  KEYRING_FILE: text(
    '',
    'file with the keys that seal secrets; empty takes `keyring.json` in the data directory, made when missing',
  ),
  OIDC_ISSUER: text(
    '',
    'identity provider whose tokens are accepted; empty starts the embedded issuer',
    /^(https?:\/\/[^\0]{1,500})?$/,
  ),
  OIDC_AUDIENCE: text('loopline', 'audience that a token must name', /^[\x21-\x7e]{1,200}$/),
  POOL_SIZE: whole(16, 1, 500, 'connections to the database that one process keeps'),
  PREPARED_STATEMENTS: choice(
    'on',
    ['on', 'off'],
    'named prepared statements; off behind PgBouncer before 1.21 in transaction mode',
  ),
  CONNECT_TIMEOUT_MS: whole(5000, 50, 60_000, 'longest wait for a free connection'),
  STATEMENT_TIMEOUT_MS: whole(5000, 50, 600_000, 'longest one SQL statement may run'),
  LOCK_TIMEOUT_MS: whole(1000, 10, 60_000, 'longest wait for a row another act holds'),
  IDLE_TRANSACTION_TIMEOUT_MS: whole(10_000, 100, 600_000, 'longest a transaction may sit idle'),
  MAX_IN_FLIGHT: whole(128, 1, 100_000, 'requests worked on at once; beyond it 503 at once'),
  MAX_REPORTS_IN_FLIGHT: whole(
    16,
    1,
    100_000,
    'the share of them that lists and reports may take, so that tills come first',
  ),
  RATE_LIMIT_PER_MINUTE: whole(12_000, 1, 100_000_000, 'requests one caller may make in a minute'),
  BODY_LIMIT_KB: whole(1024, 1, 102_400, 'largest JSON body in KiB'),
  UPLOAD_LIMIT_MB: whole(2048, 1, 102_400, 'largest import file in MiB'),
  MAX_PHOTOGRAPHS_IN_FLIGHT: whole(8, 1, 1000, 'photographs taken in at once; beyond it 503 at once'),
  PHOTOGRAPH_KEEP_DAYS: whole(365, 1, 36_500, 'how long photographs are kept after the end of their trade-in, in days'),
  FILES_URL: address(
    'bucket of an S3-compatible store that photographs are kept in, such as `https://s3.example/photographs`; empty keeps them in the data directory',
  ),
  FILES_REGION: text('us-east-1', 'region that requests to that store are signed for', /^[a-z0-9-]{1,60}$/),
  FILES_ACCESS_KEY: text('', 'access key of that store', SECRET),
  FILES_SECRET_KEY: text('', 'secret key of that store', SECRET),
  FILES_TIMEOUT_MS: whole(
    10_000,
    50,
    120_000,
    'longest wait for one answer of that store, which is asked three times at most',
  ),
  SHUTDOWN_LIMIT_MS: whole(10_000, 100, 600_000, 'longest a shutdown waits for requests to finish'),
  HOME_JURISDICTION: text(
    'US',
    'law that handsets fall under of which nothing else is known: ISO 3166 country, with a subdivision where that decides',
    /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
  ),
  SWEEP_INTERVAL_MS: whole(5000, 50, 3_600_000, 'pause between two sweeps of lapsed reservations and waiting imports'),
  AUTO_UNLOCK_HOUR: whole(
    3,
    0,
    24,
    'hour of the day in UTC after which devices that have become eligible are looked for; 24 for never',
  ),
  WORKER: choice('on', ['on', 'off'], 'whether this process also does background work'),
  SAMPLE_CARRIER: choice('on', ['on', 'off'], 'whether `npm start` fills an empty database with the sample carrier'),
  BILLING_URL: address('billing system asked about devices and lines; empty asks the accounts kept here'),
  BILLING_TIMEOUT_MS: whole(
    2000,
    50,
    60_000,
    'longest wait for one answer of billing, which is asked three times at most',
  ),
  BILLING_TOKEN: text('', 'bearer token shown to billing', SECRET),
  REGISTRY_URL: address('device registry (GSMA Device Check) asked beside the lists kept here; empty asks none'),
  REGISTRY_TIMEOUT_MS: whole(
    3000,
    50,
    60_000,
    'longest wait for one answer of the registry; a check of many devices takes three times that at most',
  ),
  REGISTRY_PARTNER_ID: text('', 'name the registry knows this carrier by', /^[\x20-\x7e]{0,100}$/),
  REGISTRY_TOKEN: text('', 'bearer token shown to the registry', SECRET),
  REGISTRY_FRESH_MINUTES: whole(60, 0, 43_200, 'how long an answer of the registry is taken for the present one'),
  SMTP_URL: text(
    '',
    'mail server such as `smtps://user:password@mail.example:465`; empty keeps mails queued, and `npm start` takes one of its own',
    /^(smtps?:\/\/[^\s\0]{1,1000})?$/,
  ),
  MAIL_FROM: text(
    'Loopline <no-reply@localhost>',
    'address that mails come from',
    /^[^\0\r\n<>]{0,100}<?[^\s\0<>@]{1,64}@[^\s\0<>@]{1,255}>?$/,
  ),
  MAIL_TIMEOUT_MS: whole(10_000, 50, 120_000, 'longest wait for each answer of the mail server'),
  PUBLIC_URL: text(
    '',
    "address that links in mails to customers begin with; empty takes this process's own",
    /^(https?:\/\/[^\s\0#?]{1,500})?$/,
  ),
  TRUST_PROXY: choice(
    'off',
    ['on', 'off'],
    'whether a proxy before this process tells where a request comes from, by `X-Forwarded-For`',
  ),
  LOOPLINE_URL: text(
    '',
    'address of the server that `npm run import` sends to; empty takes the one started here',
    /^(https?:\/\/[^\0]{1,500})?$/,
  ),
  LOOPLINE_TOKEN: text(
    '',
    'bearer token `npm run import` shows; empty takes that of the back office from `dev-tokens.json`',
    SECRET,
  ),
  LOG_LEVEL: choice('info', ['debug', 'info', 'warn', 'error', 'silent'], 'least level written to the log'),
} as const;

export type Settings = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]['fallback'] extends string
    ? (typeof SETTINGS)[K] extends Setting<infer T>
      ? T
      : never
    : number;
};

/** Injection token of the settings. */
export const SETTINGS_TOKEN = Symbol('settings');

/**
 * Reads and checks every setting at once.
 * @throws PlainSentence naming each variable that is not as it should be.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const settings = Object.entries<Setting<string | number>>(SETTINGS).map(([name, setting]) => {
    const given = env[name];
    if (given === undefined || given === '') return [name, setting.fallback];
    const value = setting.read(given);
    if (value === undefined) faults.push(`${name}: ${setting.about}`);
    return [name, value];
  });
  if (faults.length) throw new PlainSentence(`The configuration is not as it should be:\n  ${faults.join('\n  ')}`);
  return Object.fromEntries(settings) as Settings;
}

/** The table of the README: every variable, what it is for and what it is when not given. */
export function settingsTable(): string {
  const rows = Object.entries<Setting<string | number>>(SETTINGS).map(([name, { about, fallback }]) => {
    const given = fallback === '' ? '' : `\`${fallback}\``;
    return `| \`${name}\` | ${given} | ${about.replaceAll('|', '\\|')} |`;
  });
  return ['| variable | default | what it is |', '|---|---|---|', ...rows].join('\n');
}

import { parseArgs } from 'node:util';
import { PlainSentence } from '../platform/plain-sentence.js';
import type { Role } from './dev-tokens.js';
import { tokenFor } from './dev-people.js';
import { findServer } from './tour-desk.js';

const USAGE = `Say whose token is wanted:
  npm run --silent token -- back-office [--as=back-office-2] [--proved]
Roles: associate, back-office, customer. --as names another person, for what takes two of them; --proved says that a
second factor was shown just now, which showing a code asks for. For the server that npm start has begun.`;

const ROLES: Readonly<Record<string, Role>> = {
  ...{ associate: 'ASSOCIATE', 'back-office': 'BACK_OFFICE', customer: 'CUSTOMER' },
};

async function main(): Promise<void> {
  const { positionals, values } = asked();
  const role = ROLES[positionals[0] ?? ''];
  if (!role || positionals.length > 1) throw new PlainSentence(USAGE);
  const person = { sub: values.as ?? `${positionals[0]}-1`, role, proved: values.proved };
  process.stdout.write(`${await tokenFor(await findServer(), person)}\n`);
}

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { as: { type: 'string' }, proved: { type: 'boolean', default: false } },
    });
  } catch {
    throw new PlainSentence(USAGE);
  }
}

try {
  await main();
} catch (failed) {
  console.error(failed instanceof PlainSentence ? failed.message : failed);
  process.exitCode = 1;
}

import path from 'node:path';
import type { Settings } from '../platform/settings.js';
import type { DevTokens } from './dev-tokens.js';
import { MAILBOX } from './mailbox.js';

/** What the person who started the program needs next. */
export function welcome(url: string, settings: Settings, tokens: DevTokens | undefined, mailbox: boolean): void {
  const lines = [
    '',
    `Loopline is ready:     ${url}`,
    `API documentation:     ${url}/docs`,
    `OpenAPI document:      ${url}/openapi.json`,
    `Unlock page:           ${url}/unlock`,
    ...(mailbox ? [`Mails sent:            ${url}${MAILBOX}`] : []),
    `Health and metrics:    ${url}/readyz  ${url}/metrics`,
  ];
  if (tokens) {
    lines.push(
      '',
      `Tokens for 30 days, also in ${path.join(settings.DATA_DIR, 'dev-tokens.json')}:`,
      `  store associate${tokens.store ? ` (${tokens.store.name})` : ''}:\n    ${tokens.associate}`,
      `  back office:\n    ${tokens.backOffice}`,
      `  customer:\n    ${tokens.customer}`,
      '',
      'Next, in another terminal:  npm run tour',
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

import 'reflect-metadata';
import { externalIssuer } from './access/tokens.js';
import { PlainSentence } from './platform/plain-sentence.js';
import { readSettings } from './platform/settings.js';
import { serve, untilSignal, type Running } from './server.js';

/** `node dist/main.js`: one API process of a real installation. */
async function main(): Promise<Running> {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL) {
    throw new PlainSentence('Set DATABASE_URL, or use `npm start` for the embedded database.');
  }
  if (!settings.OIDC_ISSUER) throw new PlainSentence('Set OIDC_ISSUER, or use `npm start` for the embedded issuer.');
  return serve(settings.DATABASE_URL, settings, externalIssuer(settings.OIDC_ISSUER));
}

await untilSignal(main);

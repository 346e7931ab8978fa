import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Connection, type HttpRequest } from './load.js';
import { type Heard, type Recording, recordingOf } from './recording.js';
import { startApi, stop, tokenIn, UNBUNDLED } from './servers.js';
import { QUOTE, quoteOf } from './trade-in-scenarios.js';
import { deviceOf, maybeUnlocked, type NamedDevice, POLICY_ID } from './unlock-data.js';
import { preCheckOf, type Recordings, requestOf } from './unlock-scenarios.js';

const WARM_UP = 3;

/** Where quotes are asked for, and the ids that are no case's own. */
export interface OfQuotes {
  locationId: string;
  constant: readonly string[];
}

/** Asks a program that does nothing else, and writes down what it sends to the database for it. */
export async function heardFrom(dir: string, url: string, ofQuotes: OfQuotes): Promise<Recordings> {
  const file = path.join(dir, 'heard.ndjson');
  const api = await startApi(dir, url, {
    env: { WORKER: 'off', RECORD_TO: file },
    program: UNBUNDLED,
    flags: ['--import', path.join(import.meta.dirname, 'record.js')],
  });
  const caller = new Connection(api.port);
  const token = await tokenIn(dir);
  let next = 0;
  const listen = async (
    request: (device: NamedDevice, token: string) => HttpRequest,
    constant: readonly string[] = [POLICY_ID],
  ): Promise<Recording> => {
    for (let asked = 0; ; asked++) {
      while (!maybeUnlocked(++next) || next % 10 === 3);
      const device = deviceOf(next);
      await rm(file, { force: true });
      const status = await caller.send(request(device, token));
      if (status >= 300) throw new Error(`answered with ${status}`);
      // The first ones also send what is kept afterwards, such as the policies.
      if (asked === WARM_UP) return recordingOf(await heardIn(file), device, constant);
    }
  };
  try {
    return {
      ...{ preCheck: await listen(preCheckOf), decision: await listen(requestOf) },
      quote: await listen((device) => quoteOf(device, token, ofQuotes.locationId), ofQuotes.constant),
    };
  } finally {
    caller.close();
    await stop(api.child);
  }
}

async function heardIn(file: string): Promise<Heard[]> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Heard);
}

/** Where the bare server finds them. */
export async function keepRecordings(dir: string, recordings: Recordings): Promise<string> {
  const file = path.join(dir, 'recordings.json');
  await writeFile(
    file,
    JSON.stringify({
      ...{ 'pre-check, 12 rules': recordings.preCheck, 'request and decision': recordings.decision },
      [QUOTE]: recordings.quote,
    }),
  );
  return file;
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlainSentence } from '../platform/plain-sentence.js';
import { readSettings } from '../platform/settings.js';
import type { DevTokens } from './dev-tokens.js';

/** A running server, and a token for its back office. */
export interface Server {
  url: string;
  token: string;
}

type Asking = RequestInit & { duplex?: 'half' };

/** The server that the settings name, or that `npm start` has begun. @throws PlainSentence */
export async function findServer(): Promise<Server> {
  const { LOOPLINE_URL: url, LOOPLINE_TOKEN: token, DATA_DIR } = readSettings(process.env);
  if (url && token) return { url, token };
  const file = path.join(DATA_DIR, 'dev-tokens.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (!text) {
    throw new PlainSentence(
      `No server is known: start one with npm start, which writes ${file}, or set LOOPLINE_URL and LOOPLINE_TOKEN.`,
    );
  }
  const tokens = JSON.parse(text) as DevTokens;
  return { url: url || tokens.url, token: token || tokens.backOffice };
}

/** Asks for one answer in JSON. @throws PlainSentence when it does not answer, or refuses */
export async function ask<T>(server: Server, route: string, init: Asking = {}): Promise<T> {
  return (await (await answerOf(server, route, init)).json()) as T;
}

/** Asks for an answer of any kind. @throws PlainSentence when it does not answer, or refuses */
export async function answerOf({ url, token }: Server, route: string, init: Asking = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) };
  const answer = await fetch(`${url}${route}`, { ...init, headers }).catch(
    (failed: Error & { cause?: { code?: string } }) => {
      throw new PlainSentence(
        `${url} does not answer (${failed.cause?.code ?? failed.message}). Is the server running? npm start`,
      );
    },
  );
  if (answer.ok) return answer;
  const { code, detail } = (await answer.json()) as { code?: string; detail?: string };
  throw new PlainSentence(`Refused: ${detail} (${code})`);
}

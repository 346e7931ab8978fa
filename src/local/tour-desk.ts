import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlainSentence } from '../platform/plain-sentence.js';
import { readSettings } from '../platform/settings.js';
import { newId } from '../values/id.js';
import type { DevTokens } from './dev-tokens.js';

const colour = (code: number) => (text: string) => (process.stdout.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, dim, green, yellow] = [colour(1), colour(2), colour(32), colour(33)];

const LONGEST_BODY = 120;

/** What is told of an answer: a few words a line. */
type Telling<T> = (body: T) => string | readonly string[];

interface Refused {
  status?: number;
  code?: string;
  detail?: string;
}

/** A chapter of the tour. */
export const chapter = (text: string) => process.stdout.write(`\n${bold(text)}\n`);

/** Ends the tour when something is not as it should be. @throws PlainSentence */
export function must(right: boolean, sentence: string): void {
  if (!right) throw new PlainSentence(sentence);
}

/** `$384.00` of 38400 cents. */
export const dollars = (minor: number) => `$${(minor / 100).toFixed(2)}`;

/** `1 store`, `3 stores`. */
export const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** Somebody at a till, who asks the server and reads out what it answers. */
export class Desk {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly who: string,
  ) {}

  /** Asks for something that must be given. @throws PlainSentence */
  async get<T>(route: string, tell: Telling<T>): Promise<T> {
    return this.given(await this.ask<T>('GET', route), `GET ${route}`, tell);
  }

  /** Does something that must be done. @throws PlainSentence */
  async post<T>(route: string, body: object, tell: Telling<T>): Promise<T> {
    return this.given(await this.ask<T>('POST', route, body), `POST ${route}`, tell);
  }

  /** Does something that must be refused with this code. @throws PlainSentence */
  async refused<T>(code: string, route: string, body: object, tell: Telling<T>): Promise<T> {
    const { status, answer } = await this.ask<T & Refused>('POST', route, body);
    if (answer.code !== code) {
      throw new PlainSentence(`POST ${route} should have been refused with ${code}, and was answered ${status}.`);
    }
    this.read(yellow(`${status} ${code}`), tell(answer));
    return answer;
  }

  private given<T>({ status, answer }: { status: number; answer: T }, asked: string, tell: Telling<T>): T {
    if (status >= 300) {
      const { code, detail } = answer as Refused;
      throw new PlainSentence(`${asked} was refused: ${detail ?? 'without a word'} (${status} ${code ?? ''})`);
    }
    this.read(green(String(status)), tell(answer));
    return answer;
  }

  private async ask<T>(method: string, route: string, body?: object): Promise<{ status: number; answer: T }> {
    const sent = body && Object.keys(body).length ? ` ${shortened(JSON.stringify(body))}` : '';
    process.stdout.write(`  ${dim(`${this.who}:`)} ${method} ${decodeURIComponent(route)}${dim(sent)}\n`);
    const answer = await fetch(`${this.url}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': newId() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch(() => {
      throw new PlainSentence(`${this.url} does not answer. Is the server running? npm start`);
    });
    const text = await answer.text();
    try {
      return { status: answer.status, answer: JSON.parse(text) as T };
    } catch {
      throw new PlainSentence(
        `${this.url} answered ${method} ${route} with something that is not JSON: is it Loopline?`,
      );
    }
  }

  private read(status: string, told: string | readonly string[]): void {
    const lines = typeof told === 'string' ? [told] : told;
    for (const [at, line] of lines.entries()) process.stdout.write(`    ${at ? '   ' : status} ${line}\n`);
  }
}

const shortened = (text: string) => (text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}…` : text);

/** The server and the ready-made tokens that it wrote when it started. @throws PlainSentence */
export async function findServer(): Promise<DevTokens> {
  const { DATA_DIR, LOOPLINE_URL } = readSettings(process.env);
  const file = path.join(DATA_DIR, 'dev-tokens.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new PlainSentence(
      `There are no tokens in ${file}: start the server with npm start, or set DATA_DIR to its data directory.`,
    );
  }
  const tokens = JSON.parse(text) as DevTokens;
  return { ...tokens, url: LOOPLINE_URL || tokens.url };
}

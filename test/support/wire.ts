import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { assertDocumented } from './documented.js';

/** An answer as it came over the wire; status 0 when the connection was lost. */
export interface Reply {
  method: string;
  route: string;
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  ms: number;
}

/** Speaks to the program with as little work of its own as can be: for thousands of requests, and where time is taken. */
export class Wire {
  private readonly agent: http.Agent;

  constructor(
    private readonly url: string,
    private readonly token: string,
    sockets = 2000,
  ) {
    this.agent = new http.Agent({ keepAlive: true, maxSockets: sockets });
  }

  /** Acts with a body, reads without one. */
  send(route: string, body?: object, key: string = randomUUID()): Promise<Reply> {
    const began = performance.now();
    const text = body && JSON.stringify(body);
    const method = text ? 'POST' : 'GET';
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(text ? { 'content-type': 'application/json', 'idempotency-key': key } : {}),
    };
    return new Promise((resolve) => {
      const given = (status: number, answered: http.IncomingHttpHeaders = {}, parts: Buffer[] = []) =>
        resolve({
          ...{ method, route, status, headers: answered, ms: performance.now() - began },
          text: Buffer.concat(parts).toString(),
        });
      const request = http.request(`${this.url}${route}`, { method, agent: this.agent, headers });
      request.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', () => given(0));
        response.on('end', () => given(response.statusCode!, response.headers, parts));
      });
      request.on('error', () => given(0));
      request.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** What a reply says, held against the API document. */
export function read<T>({ method, route, status, headers, text }: Reply): T {
  const body = JSON.parse(text) as T;
  assertDocumented(method, route, {
    ...{ status, body },
    headers: new Headers({ 'content-type': headers['content-type'] ?? '' }),
  });
  return body;
}

/** Milliseconds within which so many of a hundred were answered. */
export const within = (percent: number, replies: readonly Reply[]): number =>
  Math.round(replies.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor((replies.length * percent) / 100)] ?? 0);

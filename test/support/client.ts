import { randomUUID } from 'node:crypto';
import { assertDocumented } from './documented.js';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export interface Request {
  token?: string;
  key?: string | null;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it is, in place of JSON. */
  raw?: string | Buffer;
}

/** Speaks to the program over HTTP; every answer is held against the API document. */
export class Client {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  get<T = Record<string, unknown>>(path: string, request: Request = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, { key: null, ...request });
  }

  post<T = Record<string, unknown>>(path: string, body: unknown = {}, request: Request = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, { body, ...request });
  }

  patch<T = Record<string, unknown>>(path: string, body: unknown, request: Request = {}): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, { body, ...request });
  }

  put<T = Record<string, unknown>>(path: string, body: unknown, request: Request = {}): Promise<Answer<T>> {
    return this.send<T>('PUT', path, { body, ...request });
  }

  async send<T>(method: string, path: string, request: Request): Promise<Answer<T>> {
    const token = request.token ?? this.token;
    const key = request.key === undefined ? randomUUID() : request.key;
    const body = request.raw ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body: body as never }),
    });
    const text = await response.text();
    const json = /\bjson/.test(response.headers.get('content-type') ?? '');
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: (json && text ? JSON.parse(text) : {}) as T,
    };
    assertDocumented(method, path, answer);
    return answer;
  }
}

/** Everything a list holds, page by page; the header leads on as long as the cursor does. */
export async function everyPage<T>(client: Client, list: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Answer<{ items: T[]; nextCursor: string | null }> = await client.get(
      `${list}${cursor && `&cursor=${cursor}`}`,
    );
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
    expect(page.headers.get('link')?.includes('rel="next"') ?? false).toBe(cursor !== null);
  }
  return items;
}

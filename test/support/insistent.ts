import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const TRY_AGAIN_AFTER_MS = 25;

export interface Told<T> {
  status: number;
  body: T & { code?: string };
}

/** A caller who repeats a request under its key, at any server, until it is answered. */
export class Insistent {
  /** Requests that had to be sent again, and answers that were the stored ones. */
  resent = 0;
  replayed = 0;
  private turn = 0;

  constructor(private readonly urls: readonly string[]) {}

  async post<T = Record<string, unknown>>(
    path: string,
    { token, body = {}, key = randomUUID(), type = 'application/json' }: Asking,
  ): Promise<Told<T>> {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    for (;;) {
      const url = `${this.urls[this.turn++ % this.urls.length]}${path}`;
      const told = await this.once<T>(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': key },
        body: sent,
      });
      if (told) return told;
      this.resent++;
      await pause(TRY_AGAIN_AFTER_MS);
    }
  }

  /** @returns nothing when it is not known what became of it, or when it is to be sent again. */
  private async once<T>(url: string, request: RequestInit): Promise<Told<T> | undefined> {
    try {
      const response = await fetch(url, { ...request, signal: AbortSignal.timeout(20_000) });
      const body = (await response.json()) as T & { code?: string };
      if (response.status === 503 || body.code === 'STILL_RUNNING') return undefined;
      if (response.headers.has('idempotent-replayed')) this.replayed++;
      return { status: response.status, body };
    } catch {
      return undefined;
    }
  }
}

interface Asking {
  token: string;
  /** Text is sent as it is. */
  body?: object | string;
  key?: string;
  type?: string;
}

import net from 'node:net';

export interface HttpRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  body: Buffer;
}

export interface Measured {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  errors: number;
}

/** Keeps `connections` callers busy for `seconds` and measures what they get; the first `warmUp` seconds do not count. */
export async function measure(
  connections: number,
  seconds: number,
  warmUp: number,
  one: (caller: number) => Promise<boolean>,
): Promise<Measured> {
  const begin = performance.now();
  const countFrom = begin + warmUp * 1000;
  const until = countFrom + seconds * 1000;
  const times: number[] = [];
  let errors = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, caller) => {
      for (let now = performance.now(); now < until;) {
        const good = await one(caller);
        const done = performance.now();
        if (now >= countFrom && done <= until) {
          times.push(done - now);
          if (!good) errors++;
        }
        now = done;
      }
    }),
  );
  return { requestsPerSecond: Math.round(times.length / seconds), ...spreadOf(times), errors };
}

/** @returns the middle and the slowest hundredth of some times in milliseconds */
export function spreadOf(times: number[]): { p50Ms: number; p99Ms: number } {
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * One keep-alive connection that sends a request and waits for its answer. By hand over a socket: Node's own client
 * costs more than the servers measured here, and they share two processors.
 */
export class Connection {
  private readonly socket: net.Socket;
  private pending?: { resolve(answer: HttpAnswer): void; reject(error: Error): void };
  private received: Buffer = Buffer.alloc(0);

  constructor(port: number) {
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.socket.on('data', (bytes) => this.take(bytes));
    this.socket.on('error', (error) => this.pending?.reject(error));
    this.socket.on('close', () => this.pending?.reject(new Error('closed')));
  }

  /** @returns the status */
  async send(request: HttpRequest): Promise<number> {
    return (await this.ask(request)).status;
  }

  ask({ method, path, headers, body = '' }: HttpRequest): Promise<HttpAnswer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = body ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` : '';
    this.socket.write(`${method} ${path} HTTP/1.1\r\nhost: bench\r\n${lines.join('')}${length}\r\n${body}`);
    return new Promise((resolve, reject) => (this.pending = { resolve, reject }));
  }

  close(): void {
    this.pending = undefined;
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.received = this.received.length ? Buffer.concat([this.received, bytes]) : bytes;
    const end = this.received.indexOf(HEADERS_END);
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    const body = this.received.subarray(end + 4);
    this.received = Buffer.alloc(0);
    this.pending?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface AskedOutside {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

type Behaviour = (reply: http.ServerResponse, asked: AskedOutside, time: number) => void | Promise<void>;

/** A system outside, on this machine, that answers as the test tells it to. */
export class Outside {
  readonly asked: AskedOutside[] = [];
  private behaviour: Behaviour = (reply) => void reply.writeHead(500).end();

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Outside> {
    const server = http.createServer((request, reply) => void outside.take(request, reply));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const outside = new Outside(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return outside;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  /** What it does from now on, having been asked nothing yet. */
  does(behaviour: Behaviour): void {
    this.behaviour = behaviour;
    this.asked.length = 0;
  }

  answers(body: unknown, status = 200): void {
    this.does(
      (reply) => void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async take(request: http.IncomingMessage, reply: http.ServerResponse): Promise<void> {
    const body = await text(request);
    const asked = { method: request.method!, path: request.url!, headers: request.headers, body };
    this.asked.push(asked);
    await this.behaviour(reply, asked, this.asked.length);
  }
}

/** The statuses and bodies that no adapter may take for an answer, by what is wrong. */
export const BROKEN: Readonly<Record<string, Behaviour>> = {
  nothing: (reply) => void reply.writeHead(200).end(),
  'no JSON': (reply) => void reply.writeHead(200).end('<html>Welcome to our portal</html>'),
  'JSON cut short': (reply) => void reply.writeHead(200).end('{"facts":[{"imei14":"3567'),
  null: (reply) => void reply.writeHead(200).end('null'),
  'a list': (reply) => void reply.writeHead(200).end('[]'),
  'no content': (reply) => void reply.writeHead(204).end(),
  'not found': (reply) => void reply.writeHead(404).end('{}'),
  'not signed in': (reply) => void reply.writeHead(401).end('{}'),
  'too much asked': (reply) => void reply.writeHead(429).end('{}'),
  'a connection that ends': (reply) => void reply.destroy(),
  'a body without end': (reply) => void reply.writeHead(200).write('{'),
};

import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openShop, type Shop } from '../support/shop.js';
import { associateOf } from '../support/tokens.js';

/** What breaks HTTP itself, after a request that is as it should be. */
const BROKEN: Readonly<Record<string, string>> = {
  'something that is no HTTP': 'garbage\r\n\r\n',
  'a body nobody announced': '{"a":1}',
  'a method that does not exist': 'BREW /v1/skus HTTP/1.1\r\nHost: a\r\n\r\n',
  'a version that does not exist': 'GET /v1/skus HTTP/9.9\r\nHost: a\r\n\r\n',
  'an address with a blank': 'GET /v1/sk us HTTP/1.1\r\nHost: a\r\n\r\n',
  'a header with a bare line feed': 'GET /v1/skus HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n',
  'a header with NUL': 'GET /v1/skus HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n',
  'headers without end': `GET /v1/skus HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
  'two lengths': 'POST /v1/skus HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  'a length and chunks':
    'POST /v1/skus HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
  'a chunk of no size':
    'POST /v1/skus HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
  'a negative length': 'POST /v1/skus HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
};

describe('what is no HTTP', () => {
  let shop: Shop;
  let good: string;
  beforeAll(async () => {
    shop = await openShop();
    const token = await shop.token(associateOf(await shop.make.location()));
    good = `GET /v1/stock-units HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  });
  afterAll(() => shop.close());

  async function send(text: string): Promise<string> {
    const socket = net.connect(Number(new URL(shop.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (part: Buffer) => (answer += part.toString()));
    socket.on('error', () => undefined);
    socket.write(text);
    await Promise.race([once(socket, 'close').catch(() => undefined), pause(3000)]);
    socket.destroy();
    return answer;
  }

  const atWork = async () => {
    const text = await (await fetch(`${shop.url}/metrics`)).text();
    return text.split('\n').filter((line) => /^http_requests_in_flight\{work="(till|report)"\} [^0]/.test(line));
  };

  it.each(Object.keys(BROKEN))('is refused as a problem: %s', async (name) => {
    const answer = await send(BROKEN[name]!);
    const [head, body] = answer.split('\r\n\r\n') as [string, string];
    const { status, code } = JSON.parse(body) as { status: number; code: string };
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect({ line: head.split('\r\n')[0], status, code }).toEqual({
      line: 'HTTP/1.1 400 Bad Request',
      status: 400,
      code: 'MALFORMED_BODY',
    });
  });

  it.each(Object.keys(BROKEN))('gives back the place of the request before it: %s', async (name) => {
    await Promise.all(Array.from({ length: 10 }, () => send(good + BROKEN[name]!)));
    for (let tries = 0; tries < 40 && (await atWork()).length; tries++) await pause(50);
    expect(await atWork()).toEqual([]);
  });
});

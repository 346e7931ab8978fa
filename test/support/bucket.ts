import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export const BUCKET_ACCESS = {
  FILES_REGION: 'eu-test-1',
  FILES_ACCESS_KEY: 'AKIATESTKEY',
  FILES_SECRET_KEY: 'a-secret-of-the-test/+=',
};

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** The signature as the S3 documentation computes it, from the request as it came. */
function signatureOf({ method, url, headers }: http.IncomingMessage, signed: readonly string[]): string {
  const at = String(headers['x-amz-date']);
  const canonical = [
    ...[method, url, ''],
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    ...['', signed.join(';'), headers['x-amz-content-sha256']],
  ].join('\n');
  const scope = `${at.slice(0, 8)}/${BUCKET_ACCESS.FILES_REGION}/s3/aws4_request`;
  const key = [at.slice(0, 8), BUCKET_ACCESS.FILES_REGION, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${BUCKET_ACCESS.FILES_SECRET_KEY}`,
  );
  return hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex');
}

type Trouble = 'BUSY' | 'SILENT';

/** An S3-compatible store on this machine: takes nothing that is not rightly signed. */
export class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly asked: string[] = [];
  /** What happens to the next requests, one each; then it works. */
  troubles: Trouble[] = [];

  private constructor(private readonly server: http.Server) {}

  static async open(): Promise<Bucket> {
    const server = http.createServer((request, reply) => void bucket.take(request, reply));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bucket = new Bucket(server);
    return bucket;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/photographs`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async take(request: http.IncomingMessage, reply: http.ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { method = '', url = '' } = request;
    this.asked.push(`${method} ${url}`);
    const trouble = this.troubles.shift();
    if (trouble === 'SILENT') return;
    if (trouble === 'BUSY') return void reply.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
    if (!this.isSigned(request, body)) return void reply.writeHead(403).end('<Error/>');
    if (method === 'PUT') this.objects.set(url, body);
    const found = this.objects.get(url);
    if (method === 'DELETE') this.objects.delete(url);
    if (method === 'DELETE') return void reply.writeHead(204).end();
    if (!found) return void reply.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    reply.writeHead(200).end(method === 'GET' ? found : undefined);
  }

  private isSigned(request: http.IncomingMessage, body: Buffer): boolean {
    const { authorization = '' } = request.headers;
    const [, credential, signed = '', signature] =
      /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=([0-9a-f]{64})$/.exec(authorization) ?? [];
    return (
      credential?.startsWith(`${BUCKET_ACCESS.FILES_ACCESS_KEY}/`) === true &&
      ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.split(';').includes(name)) &&
      request.headers['x-amz-content-sha256'] === sha256(body) &&
      signature === signatureOf(request, signed.split(';'))
    );
  }
}

import { createHash } from 'node:crypto';
import { bytesWithin, OutsideFailure, OutsideSystem } from '../outside-call.js';
import type { Settings } from '../settings.js';
import type { FileStore } from './file-store.js';

/** Beyond the largest file that is kept. */
const MOST_BYTES = 32 * 1024 * 1024;

type Access = Pick<
  Settings,
  'FILES_URL' | 'FILES_REGION' | 'FILES_ACCESS_KEY' | 'FILES_SECRET_KEY' | 'FILES_TIMEOUT_MS'
>;
type Method = 'PUT' | 'GET' | 'DELETE';

/** Files in one bucket of an S3-compatible store; every request is signed (AWS Signature Version 4). */
export class ObjectStore implements FileStore {
  private readonly system: OutsideSystem;

  constructor(private readonly access: Access) {
    this.system = new OutsideSystem('files', { timeoutMs: access.FILES_TIMEOUT_MS, mostBytes: MOST_BYTES });
  }

  /** @throws OutsideFailure */
  async put(name: string, bytes: Buffer): Promise<void> {
    await this.exchange('PUT', name, (answer) => drained(answer, [200, 201]), bytes);
  }

  /** @throws OutsideFailure */
  get(name: string): Promise<Buffer | undefined> {
    return this.exchange('GET', name, async (answer) => {
      if (answer.status === 200) return bytesWithin(answer, MOST_BYTES);
      await drained(answer, [404]);
      return undefined;
    });
  }

  /** @throws OutsideFailure */
  async remove(name: string): Promise<void> {
    await this.exchange('DELETE', name, (answer) => drained(answer, [200, 204, 404]));
  }

  /** The store itself keeps what was written as a whole, or not at all. */
  async tidy(): Promise<void> {
    // Nothing is left behind.
  }

  private async exchange<T>(
    method: Method,
    name: string,
    take: (answer: Response) => Promise<T>,
    body?: Buffer,
  ): Promise<T> {
    const { FILES_ACCESS_KEY: accessKeyId, FILES_SECRET_KEY: secretAccessKey, FILES_REGION: region } = this.access;
    const { AwsV4Signer } = await import('aws4fetch');
    const signed = await new AwsV4Signer({
      ...{ method, url: `${this.access.FILES_URL.replace(/\/+$/, '')}/${name}`, service: 's3' },
      ...{ accessKeyId, secretAccessKey, region },
      headers: {
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
        ...(body ? { 'content-type': 'application/octet-stream' } : {}),
      },
    }).sign();
    const request = { method, headers: signed.headers, ...(body ? { body: new Uint8Array(body) } : {}) };
    return this.system.exchange(signed.url.toString(), request, take);
  }
}

/** Reads the answer off, so that its connection can be used again. @throws OutsideFailure for any other status */
async function drained(answer: Response, fine: readonly number[]): Promise<void> {
  await answer.body?.cancel();
  if (!fine.includes(answer.status)) throw new OutsideFailure('STATUS', answer.status);
}

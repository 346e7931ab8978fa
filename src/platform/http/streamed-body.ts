import { RouteConfig } from '@nestjs/platform-fastify';
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Call } from '../caller.js';
import { BodyTooLarge, MalformedBody } from '../problems.js';

/** The handler reads the body itself, once it is known that the caller may: until then not a byte of it is held. */
export const Streamed = () => RouteConfig({ body: 'stream' });

export const isStreamed = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as { body?: string }).body === 'stream';

interface Bounds {
  mostBytes: number;
  /** How long it may take to come; left out, as long as it likes. */
  withinMs?: number;
}

/** The whole of a body that is small enough to be held. @throws BodyTooLarge as soon as it is, MalformedBody */
export function wholeBody(stream: Readable, { mostBytes, withinMs }: Bounds): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const over = (settle: () => void) => {
      clearTimeout(timer);
      stream.off('data', take).off('end', whole).off('error', broken).off('close', broken);
      stream.on('error', () => undefined);
      // The rest is read off: a client that sends first and listens afterwards would never come to read the refusal.
      stream.resume();
      settle();
    };
    const refuse = (problem: Error) => over(() => reject(problem));
    const take = (part: Buffer) => {
      bytes += part.length;
      if (bytes > mostBytes) return refuse(tooLarge(mostBytes));
      parts.push(part);
    };
    const whole = () => over(() => resolve(Buffer.concat(parts, bytes)));
    const broken = () => refuse(new MalformedBody('The connection ended before the body did.'));
    const late = () => refuse(new MalformedBody('The body did not come in good time.'));
    const timer = withinMs === undefined ? undefined : setTimeout(late, withinMs);
    stream.on('data', take).once('end', whole).once('error', broken).once('close', broken);
  });
}

export const tooLarge = (mostBytes: number): BodyTooLarge =>
  new BodyTooLarge(`The body has at most ${mostBytes / 1024 / 1024} MiB here.`);

/** The call with what the handler read as part of what is asked. */
export const withBody = (call: Call, bytes: Buffer): Call => ({
  ...call,
  requestHash: createHash('sha256').update(call.requestHash).update(bytes).digest(),
});

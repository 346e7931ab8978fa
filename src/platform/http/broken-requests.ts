import type { Socket } from 'node:net';
import { MalformedBody } from '../problems.js';

const BODY = JSON.stringify(new MalformedBody('What came is no HTTP request, or its headers are too long.').toBody());
const ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'content-type: application/problem+json; charset=utf-8',
  `content-length: ${Buffer.byteLength(BODY)}`,
  'connection: close',
  '',
  BODY,
].join('\r\n');

/** Answers what cannot be read as HTTP at all: there is no request, and so no correlation id. */
export function answerBroken(error: Error & { code?: string }, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) socket.write(ANSWER);
  socket.destroy(error);
}

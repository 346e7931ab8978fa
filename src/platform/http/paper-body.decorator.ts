import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { UnsupportedMediaType } from '../problems.js';

/** The kinds of papers that are taken. */
export const PAPER_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type PaperType = (typeof PAPER_TYPES)[number];

/** The largest paper taken. */
export const MOST_PAPER_BYTES = 10 * 1024 * 1024;

/** The body of the operation is a scanned paper. */
export const TakesPaper = () =>
  applyDecorators(
    ApiConsumes(...PAPER_TYPES),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary', maxLength: MOST_PAPER_BYTES } }),
  );

const BEGINNINGS: Readonly<Record<PaperType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** What the bytes are, whatever they are said to be. */
export const paperTypeOf = (bytes: Buffer): PaperType | undefined =>
  PAPER_TYPES.find((type) => BEGINNINGS[type].every((byte, at) => bytes[at] === byte));

/** The paper, in a handler that takes one. */
export const PaperBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (Buffer.isBuffer(body)) return body;
  throw new UnsupportedMediaType(`Send ${PAPER_TYPES.join(', ')}.`);
});

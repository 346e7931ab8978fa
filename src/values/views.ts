import { ApiProperty } from '@nestjs/swagger';

/** A point in time in an answer: RFC 3339 in UTC. */
export const Moment = (about: { nullable?: boolean } = {}) =>
  ApiProperty({ type: 'string', format: 'date-time', maxLength: 40, ...about });

/** How an answer writes a point in time. */
export const moment = (at: Date): string => at.toISOString();

export const momentOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

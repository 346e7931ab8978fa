import { refusal } from './problem.js';

/** Refusals that any operation may give. */
export class InvalidInput extends refusal(400, 'INVALID_INPUT', 'Something in the request is not as it should be') {}
export class MalformedBody extends refusal(400, 'MALFORMED_BODY', 'The body cannot be read') {}
export class IdempotencyKeyMissing extends refusal(400, 'IDEMPOTENCY_KEY_MISSING', 'The Idempotency-Key is missing') {}
export class NoSuchRoute extends refusal(404, 'NO_SUCH_ROUTE', 'Nothing is served here') {}
export class NotFound extends refusal(404, 'NOT_FOUND', 'There is no such thing, or not for you') {}
export class WrongState extends refusal(409, 'WRONG_STATE', 'Not possible in the present state') {}
export class StillRunning extends refusal(409, 'STILL_RUNNING', 'The same request is still being worked on') {}
export class Conflict extends refusal(409, 'CONFLICT', 'Something else stands in the way') {}
export class Stale extends refusal(412, 'STALE', 'Somebody changed it meanwhile') {}
export class BodyTooLarge extends refusal(413, 'BODY_TOO_LARGE', 'The body is too large') {}
export class UnsupportedMediaType extends refusal(
  415,
  'UNSUPPORTED_MEDIA_TYPE',
  'This content type is not taken here',
) {}
export class KeyReused extends refusal(
  422,
  'IDEMPOTENCY_KEY_REUSED',
  'The Idempotency-Key belongs to another request',
) {}
export class TooManyRequests extends refusal(429, 'TOO_MANY_REQUESTS', 'More requests than agreed') {}
export class InternalError extends refusal(500, 'INTERNAL_ERROR', 'Something went wrong on our side') {}
export class ReducedCapacity extends refusal(503, 'TEMPORARY_REDUCED_CAPACITY', 'More work than can be done at once') {}
export class DatabaseUnavailable extends refusal(503, 'DATABASE_UNAVAILABLE', 'The database does not answer') {}

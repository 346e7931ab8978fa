import type { ProblemClass } from '../platform/problem.js';
import {
  BodyTooLarge,
  DatabaseUnavailable,
  IdempotencyKeyMissing,
  InvalidInput,
  KeyReused,
  MalformedBody,
  ReducedCapacity,
  StillRunning,
  TooManyRequests,
  UnsupportedMediaType,
} from '../platform/problems.js';
import { NotAllowed, NotSignedIn } from './access.errors.js';

/** What any operation that needs a token may answer, before it says anything of its own. */
export const READ_REFUSALS: readonly ProblemClass[] = [
  InvalidInput,
  NotSignedIn,
  NotAllowed,
  TooManyRequests,
  ReducedCapacity,
  DatabaseUnavailable,
];

/** What any act may answer besides. */
export const ACT_REFUSALS: readonly ProblemClass[] = [
  ...READ_REFUSALS,
  IdempotencyKeyMissing,
  MalformedBody,
  StillRunning,
  BodyTooLarge,
  UnsupportedMediaType,
  KeyReused,
];

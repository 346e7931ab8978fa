import type { ProblemClass } from '../../platform/problem.js';
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
} from '../../platform/problems.js';

/** What anything open to strangers may answer, before it says anything of its own. */
export const STRANGER_READ_REFUSALS: readonly ProblemClass[] = [
  InvalidInput,
  MalformedBody,
  BodyTooLarge,
  UnsupportedMediaType,
  TooManyRequests,
  ReducedCapacity,
  DatabaseUnavailable,
];

/** What any act of theirs may answer besides. */
export const STRANGER_ACT_REFUSALS: readonly ProblemClass[] = [
  ...STRANGER_READ_REFUSALS,
  IdempotencyKeyMissing,
  StillRunning,
  KeyReused,
];

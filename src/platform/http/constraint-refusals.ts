import { QueryFailedError } from 'typeorm';
import type { Problem } from '../problem.js';

const refusals = new Map<string, () => Problem>();

/** Each room names the refusal that a violation of one of its constraints means. */
export function constraintMeans(constraint: string, refusal: () => Problem): void {
  refusals.set(constraint, refusal);
}

export function constraintOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof QueryFailedError)) return undefined;
  return (thrown.driverError as { constraint?: string }).constraint;
}

export function refusalOfConstraint(thrown: unknown): Problem | undefined {
  const constraint = constraintOf(thrown);
  return constraint === undefined ? undefined : refusals.get(constraint)?.();
}

import type { Course } from '../decisions/case.js';
import type { Recipe } from '../fulfilment/recipes.js';

/** How a handset that was brought can come onto our network. */
export const WAYS = ['ALREADY_UNLOCKED', 'CODE_HELD', 'OWN_LOCK', 'REFERRAL', 'AGENT'] as const;
export type Way = (typeof WAYS)[number];

/** The ways that are open. Only a lock that takes a code can be opened by somebody other than the one who locked it. */
export function waysOf(course: Course, own: boolean, { method }: Pick<Recipe, 'method'>): Way[] {
  if (course === 'ALREADY_UNLOCKED') return ['ALREADY_UNLOCKED'];
  if (own) return ['OWN_LOCK'];
  if (course === 'APPROVE') return ['CODE_HELD'];
  if (course !== 'REFER') return [];
  return method === 'CODE' ? ['REFERRAL', 'AGENT'] : ['REFERRAL'];
}

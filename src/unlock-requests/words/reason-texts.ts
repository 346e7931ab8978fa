import type { Reason } from '../eligibility/reasons.js';

export type ReasonTexts = Readonly<Record<Reason, readonly [title: string, remedy: string]>>;

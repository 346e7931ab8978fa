export const ROLES = ['ASSOCIATE', 'BACK_OFFICE', 'CUSTOMER', 'SERVICE'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as their token says. */
export interface Caller {
  subject: string;
  role: Role;
  scopes: ReadonlySet<string>;
  /** The store a till is bound to; absent for callers who may act anywhere. */
  storeId?: string;
  /** When they last proved themselves by more than a password, in seconds since 1970; absent when they did not. */
  provedAt?: number;
}

/** Who does an act and in the course of which request, for history, ledger and outbox. */
export interface Doer {
  actor: string;
  role: Role | 'SYSTEM';
  correlationId: string;
}

/** The program itself, in background work. */
export const system = (correlationId: string): Doer => ({ actor: 'system', role: 'SYSTEM', correlationId });

/** One request for an act: who asks, under which idempotency key, for what. */
export interface Call extends Doer {
  caller: Caller;
  key: string;
  operation: string;
  requestHash: Buffer;
  status: number;
  /** The version the client saw last, when it sent `If-Match`. */
  ifMatch?: number;
  /** Called when the answer is the stored one. */
  replayed(): void;
}

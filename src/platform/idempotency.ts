import type { EntityManager } from 'typeorm';
import type { Call } from './caller.js';
import { Problem, type Fault, type Facts, type ProblemBody } from './problem.js';
import { KeyReused } from './problems.js';

export type Outcome<T> = { answer: T } | { refused: Problem };

export interface StoredAnswer {
  operation: string;
  request_hash: Buffer;
  status: number;
  body: string;
}

/** A refusal given before under the same key. */
export class ReplayedRefusal extends Problem {
  constructor(body: ProblemBody) {
    super(body.detail, body.facts as Facts, body.errors as readonly Fault[]);
    Object.assign(this, { status: body.status, code: body.code, title: body.title });
  }
}

/**
 * Takes the key for this transaction, or gives what was answered under it before.
 * A second caller with the same key waits here until the first has committed.
 */
export async function claimKey<T>(tx: EntityManager, call: Call): Promise<Outcome<T> | undefined> {
  const taken: unknown[] = await tx.query(
    `insert into idempotency_key (principal, key, operation, request_hash) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [call.actor, call.key, call.operation, call.requestHash],
  );
  if (!taken.length) return storedOutcome(tx, call);
  await tx.query('savepoint act');
  return undefined;
}

/** What was answered under the key before. @throws KeyReused when it was another request. */
export async function storedOutcome<T>(db: Pick<EntityManager, 'query'>, call: Call): Promise<Outcome<T>> {
  const [stored]: StoredAnswer[] = await db.query(
    'select operation, request_hash, status, body from idempotency_key where principal = $1 and key = $2',
    [call.actor, call.key],
  );
  if (!stored?.request_hash.equals(call.requestHash) || stored.operation !== call.operation) {
    throw new KeyReused('This Idempotency-Key was used for another request; take a new one for each act.');
  }
  call.replayed();
  return stored.status < 400
    ? { answer: JSON.parse(stored.body) as T }
    : { refused: new ReplayedRefusal(JSON.parse(stored.body) as ProblemBody) };
}

export async function keepAnswer(tx: EntityManager, call: Call, answer: unknown): Promise<void> {
  await keep(tx, call, call.status, JSON.stringify(answer));
}

export async function keepRefusal(tx: EntityManager, call: Call, refused: Problem): Promise<void> {
  await keep(tx, call, refused.status, JSON.stringify(refused.toBody()));
}

/** Undoes what the act did before it refused; the key itself stays. */
export async function forgetRefusal(tx: EntityManager): Promise<void> {
  await tx.query('rollback to savepoint act');
}

async function keep(tx: EntityManager, call: Call, status: number, body: string): Promise<void> {
  await tx.query('update idempotency_key set status = $3, body = $4 where principal = $1 and key = $2', [
    call.actor,
    call.key,
    status,
    body,
  ]);
}

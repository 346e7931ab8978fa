import type { EntityManager } from 'typeorm';
import type { Doer } from '../platform/caller.js';
import { newId } from '../values/id.js';

/** Something that happened, to be told to the outside once the act has committed. */
export interface OutboxEvent {
  /** What happened, such as `reservation.released`. */
  type: string;
  aggregateKind: string;
  aggregateId: string;
  locationId?: string | null;
  /** Ids and figures only: never an identifier of a handset, a contact or a secret. */
  payload: Readonly<Record<string, unknown>>;
}

/** Puts the event into the outbox, in the transaction of the act itself. */
export async function publish(tx: EntityManager, by: Doer, event: OutboxEvent): Promise<void> {
  await tx.query(
    `insert into outbox_event (id, type, aggregate_kind, aggregate_id, location_id, payload, correlation_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      event.type,
      event.aggregateKind,
      event.aggregateId,
      event.locationId ?? null,
      JSON.stringify(event.payload),
      by.correlationId,
    ],
  );
}

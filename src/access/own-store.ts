import type { Caller } from '../platform/caller.js';
import { NotFound } from '../platform/problems.js';

/** The store a bound caller may see; `null` for callers who may see all. For SQL: `location_id = coalesce($1, location_id)`. */
export const boundTo = (caller: Caller): string | null => caller.storeId ?? null;

/**
 * The location an act takes place at: the caller's own store, or the one named by a caller who is bound to none.
 * @throws NotFound for a foreign store: a till is not told what exists elsewhere.
 */
export function actingAt(caller: Caller, locationId: string | undefined): string {
  const location = locationId ?? caller.storeId;
  if (!location || (caller.storeId && caller.storeId !== location)) {
    throw new NotFound('No such location, or not yours. A caller without a store of their own names locationId.');
  }
  return location;
}

/**
 * The place that something is set for: a location, or `null` for the carrier as a whole. A bound caller sets it for
 * their own store only, and has to name it: left out it means everywhere, and that is not theirs.
 * @throws NotFound for anything but the own store.
 */
export function settingFor(caller: Caller, locationId: string | undefined): string | null {
  if (caller.storeId && caller.storeId !== locationId) {
    throw new NotFound('No such location, or not yours. A caller with a store of their own names it in locationId.');
  }
  return locationId ?? null;
}

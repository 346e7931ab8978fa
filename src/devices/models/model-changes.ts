import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { possibleActs, stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { MODEL_ACTS, type ModelAct, type ModelLifecycle } from './device-model.lifecycle.js';

interface ModelFacts {
  name: string;
  key: string;
  aliases: readonly string[];
  announced_on: string | null;
  licence_ends_on: string | null;
  licence_rule: string | null;
  lifecycle: ModelLifecycle;
}

type Locked = Omit<ModelFacts, 'key'> & { version: number };

/** Locks a model for a change. @throws NotFound, Stale */
async function lockModel(tx: EntityManager, call: Call, id: string): Promise<Locked> {
  const [row]: Locked[] = await tx.query(
    `select name, aliases, announced_on::text, licence_ends_on::text, licence_rule, lifecycle, version
     from device_model where id = $1 for no key update`,
    [id],
  );
  if (!row) throw new NotFound('No such device model.');
  if (call.ifMatch !== undefined && call.ifMatch !== row.version) throw stale(row.version);
  return row;
}

/**
 * Writes new facts of a model and counts the change; with none, it only counts a change of what belongs to the model.
 * @returns the facts as they were, of those that were named.
 * @throws NotFound, Stale
 */
export async function changeModel(tx: EntityManager, call: Call, id: string, facts: Partial<ModelFacts>) {
  const was = await lockModel(tx, call, id);
  await writeModel(tx, id, facts);
  const before = Object.fromEntries(Object.entries(was).filter(([name]) => name in facts));
  return { before };
}

/** Moves a model along its life. @throws NotFound, Stale, WrongState */
export async function moveModel(tx: EntityManager, call: Call, id: string, act: ModelAct) {
  const { lifecycle: from } = await lockModel(tx, call, id);
  const { from: possible, to } = MODEL_ACTS[act];
  if (!(possible as readonly ModelLifecycle[]).includes(from)) {
    throw new WrongState(`Cannot ${act}: it is ${from}.`, { state: from, possible: possibleActs(MODEL_ACTS, from) });
  }
  await writeModel(tx, id, { lifecycle: to });
  return { from, to };
}

async function writeModel(tx: EntityManager, id: string, facts: Partial<ModelFacts>): Promise<void> {
  await tx.query(
    `update device_model m set name = n.name, key = n.key, aliases = n.aliases, announced_on = n.announced_on,
            licence_ends_on = n.licence_ends_on, licence_rule = n.licence_rule, lifecycle = n.lifecycle,
            version = m.version + 1, updated_at = clock_timestamp()
     from device_model old, jsonb_populate_record(old, $2::jsonb) n where m.id = $1 and old.id = $1`,
    [id, JSON.stringify(facts)],
  );
}

import {
  type EntityManager,
  type EntityTarget,
  type FindOptionsWhere,
  In,
  type ObjectLiteral,
  type Repository,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm';
import { NotFound, Stale, WrongState } from './problems.js';

/** The whole life of a thing: each act, the states it may start from and the state it leads to. */
export type ActTable<State extends string> = Readonly<Record<string, { from: readonly State[]; to: State }>>;

/** The acts possible in a state. */
export const possibleActs = <State extends string>(acts: ActTable<State>, state: State): string[] =>
  Object.keys(acts).filter((act) => acts[act]?.from.includes(state));

interface Living extends ObjectLiteral {
  id: string;
  status: string;
  version: number;
}

interface Performance<State extends string> {
  acts: ActTable<State>;
  act: string;
  id: string;
  /** Further conditions, such as the caller's store: a row outside them is not found. */
  within?: Readonly<Record<string, unknown>>;
  also?: Readonly<Record<string, unknown>>;
  ifMatch?: number;
}

/**
 * Moves one row along its lifecycle in a single guarded UPDATE.
 * Of two callers racing for the same row, one moves it and the other is told WrongState.
 * @throws NotFound, Stale, WrongState
 */
export async function perform<Row extends Living, State extends string>(
  tx: EntityManager,
  target: EntityTarget<Row>,
  { acts, act, id, within = {}, also = {}, ifMatch }: Performance<State>,
): Promise<Row> {
  const { from, to } = acts[act]!;
  const rows = tx.getRepository(target);
  const mine = { ...within, id } as FindOptionsWhere<Row>;
  const moved = await rows.update(
    { ...mine, status: In([...from]), ...(ifMatch === undefined ? {} : { version: ifMatch }) },
    { ...also, status: to, version: () => 'version + 1' } as unknown as QueryDeepPartialEntity<Row>,
    { returning: '*' },
  );
  const [raw] = moved.raw as ObjectLiteral[];
  if (raw) return rowOf(rows, raw);
  const row = await rows.findOneBy(mine);
  if (!row) throw new NotFound(`No such ${rows.metadata.tableName.replaceAll('_', ' ')}.`);
  throw refusedMove(acts, act, row, ifMatch);
}

/** A row as the database gave it, as TypeORM would have read it. */
function rowOf<Row extends ObjectLiteral>({ metadata, manager }: Repository<Row>, raw: ObjectLiteral): Row {
  const row = metadata.create() as Row;
  const { driver } = manager.dataSource;
  for (const column of metadata.columns) {
    column.setEntityValue(row, driver.prepareHydratedValue(raw[column.databaseName], column));
  }
  return row;
}

function refusedMove<State extends string>(acts: ActTable<State>, act: string, row: Living, ifMatch?: number) {
  if (ifMatch !== undefined && ifMatch !== row.version) return stale(row.version);
  const possible = possibleActs(acts, row.status as State);
  return new WrongState(`Cannot ${act}: it is ${row.status}.`, { state: row.status, possible });
}

/** @returns the refusal for a client whose `If-Match` names another version. */
export const stale = (version: number) => new Stale('It was changed since you read it: read it again.', { version });

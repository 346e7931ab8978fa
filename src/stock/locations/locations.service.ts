import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { NotAllowed } from '../../access/access.errors.js';
import { actingAt } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { type HistoryEntry, recordAct } from '../../platform/history.js';
import { possibleActs, stale } from '../../platform/lifecycle.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { readLocation } from './locations.query.js';
import type { ChangeLocationDto, CreateLocationDto, MoveLocationDto } from './stock-location.dto.js';
import { hasPlace, LOCATION_ACTS, type LocationAct, type OpeningState } from './stock-location.lifecycle.js';
import type { LocationView } from './stock-location.view.js';

/** The acts on locations. */
@Injectable()
export class Locations {
  constructor(private readonly acts: Acts) {}

  /** @throws InvalidInput, NotAllowed, LocationCodeTaken */
  create(call: Call, form: CreateLocationDto): Promise<LocationView> {
    if (call.caller.storeId) throw new NotAllowed('A caller with a store of their own cannot create another.');
    checkPlace(form);
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(INSERT, [
        id,
        JSON.stringify(columnsOf({ ...form, latitude: form.latitude ?? 0, longitude: form.longitude ?? 0 })),
      ]);
      const { code, kind, openingState } = form;
      await tell(tx, call, id, { act: 'create', type: 'location.created', to: openingState, details: { code, kind } });
      return readLocation(tx, id);
    });
  }

  /** Changes facts. @throws NotFound, Stale, InvalidInput */
  change(call: Call, id: string, facts: ChangeLocationDto): Promise<LocationView> {
    return this.acts.once(call, async (tx) => {
      const was = await locked(tx, call, id);
      checkChange(was, facts);
      await tx.query(UPDATE, [id, JSON.stringify(columnsOf(facts))]);
      const before = Object.fromEntries(Object.keys(facts).map((name) => [name, was[name as keyof LocationView]]));
      await tell(tx, call, id, { act: 'change', type: 'location.changed', details: { before, after: { ...facts } } });
      return readLocation(tx, id);
    });
  }

  /** Opens or closes it. @throws NotFound, Stale, WrongState */
  move(call: Call, id: string, act: LocationAct, { reason }: MoveLocationDto): Promise<LocationView> {
    return this.acts.once(call, async (tx) => {
      const { openingState } = await locked(tx, call, id);
      const { from, to } = LOCATION_ACTS[act];
      if (!(from as readonly OpeningState[]).includes(openingState)) {
        const possible = possibleActs(LOCATION_ACTS, openingState);
        throw new WrongState(`Cannot ${act}: it is ${openingState}.`, { state: openingState, possible });
      }
      await tx.query('update stock_location set opening_state = $2, version = version + 1 where id = $1', [id, to]);
      await tell(tx, call, id, {
        act,
        type: act === 'open' ? 'location.opened' : 'location.closed',
        from: openingState,
        to,
        reason,
      });
      return readLocation(tx, id);
    });
  }
}

type Told = Omit<HistoryEntry, 'subjectKind' | 'subjectId' | 'locationId'> & { type: string };

async function tell(tx: EntityManager, call: Call, id: string, { type, ...entry }: Told): Promise<void> {
  const payload = { ...entry.details, ...(entry.to ? { openingState: entry.to } : {}) };
  await recordAct(tx, call, { ...entry, subjectKind: 'location', subjectId: id, locationId: id });
  await publish(tx, call, { type, aggregateKind: 'location', aggregateId: id, locationId: id, payload });
}

/** Locks a location for a change; stock may go on moving. @throws NotFound, Stale */
async function locked(tx: EntityManager, call: Call, id: string): Promise<LocationView> {
  actingAt(call.caller, id);
  await tx.query('select from stock_location where id = $1 for no key update', [id]);
  const was = await readLocation(tx, id);
  if (call.ifMatch !== undefined && call.ifMatch !== was.version) throw stale(was.version);
  return was;
}

function checkPlace(form: CreateLocationDto): void {
  const asked = (['latitude', 'longitude'] as const).filter(
    (field) => (form[field] === undefined) === hasPlace(form.kind),
  );
  if (!asked.length) return;
  const detail = hasPlace(form.kind)
    ? 'Needed: customers are sent there by distance.'
    : 'Goods in transit are at no place.';
  throw new InvalidInput(
    detail,
    {},
    asked.map((field) => fault(`/${field}`, hasPlace(form.kind) ? 'REQUIRED' : 'NO_PLACE', detail)),
  );
}

function checkChange({ kind }: LocationView, facts: ChangeLocationDto): void {
  if (!Object.keys(facts).length) {
    const detail = 'Name at least one fact to change.';
    throw new InvalidInput(detail, {}, [fault('', 'NOTHING_TO_CHANGE', detail)]);
  }
  const placed = (['latitude', 'longitude'] as const).filter((field) => facts[field] !== undefined);
  if (hasPlace(kind) || !placed.length) return;
  const detail = 'Goods in transit are at no place.';
  throw new InvalidInput(
    detail,
    {},
    placed.map((field) => fault(`/${field}`, 'NO_PLACE', detail)),
  );
}

const fault = (pointer: string, code: string, detail: string): Fault => ({ in: 'body', pointer, code, detail });

/** Fields by the names of their columns. */
function columnsOf({ timeZone, openingState, remorseDays, ...same }: Partial<CreateLocationDto>): object {
  return { ...same, time_zone: timeZone, opening_state: openingState, remorse_days: remorseDays };
}

const INSERT = `
  insert into stock_location (id, code, kind, name, street, city, region, postcode, country, latitude, longitude, time_zone,
    opening_state, remorse_days)
  select $1, code, kind, name, street, city, region, postcode, country, latitude, longitude, time_zone, opening_state, remorse_days
  from jsonb_populate_record(null::stock_location, $2::jsonb)`;

const UPDATE = `
  update stock_location l set name = n.name, street = n.street, city = n.city, region = n.region, postcode = n.postcode,
    country = n.country, latitude = n.latitude, longitude = n.longitude, time_zone = n.time_zone,
    remorse_days = n.remorse_days, version = l.version + 1
  from stock_location old, jsonb_populate_record(old, $2::jsonb) n where l.id = $1 and old.id = $1`;

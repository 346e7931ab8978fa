import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { actingAt, boundTo } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call, Caller } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { constraintOf } from '../../platform/http/constraint-refusals.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { storedOutcome } from '../../platform/idempotency.js';
import { stale } from '../../platform/lifecycle.js';
import { stockActs } from '../../platform/metrics.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { newShortNumber } from '../../values/short-number.js';
import { ReservationAtItsLimit, ReservationLapsed } from '../stock.errors.js';
import { closeReservations } from './closing.js';
import { lineFault, pick } from './picking.js';
import { writeLines } from './reservation-lines.js';
import type {
  ExtendReservationDto,
  ReleaseReservationDto,
  ReservationsQuery,
  ReserveStockDto,
} from './reservation.dto.js';
import { HOLD_MINUTES } from './reservation.lifecycle.js';
import { ONE_RESERVATION, reservationsPage, RESERVE_BY_SKU, type ReservationRow } from './reservation.query.js';
import type { ReservationView } from './reservation.view.js';

const PAGING = { tag: 'reservations', shape: ['uuid'] as const };

@Injectable()
export class ReservationsService {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
  ) {}

  /**
   * Holds stock for a customer: every line or nothing.
   * @throws InsufficientStock, UnitReserved, UnitNotAvailable, NotFound, InvalidInput
   */
  async reserve(call: Call, form: ReserveStockDto): Promise<ReservationView> {
    const locationId = actingAt(call.caller, form.locationId);
    checkLines(form);
    const made = onlyBySku(form) ? await this.reserveBySku(call, form, locationId) : undefined;
    const view = made ?? (await this.acts.once(call, (tx) => this.reserveAll(tx, call, form, locationId)));
    stockActs.inc({ act: 'reserve', outcome: 'done' });
    return view;
  }

  /** Holds it longer. @throws NotFound, Stale, WrongState, ReservationLapsed, ReservationAtItsLimit */
  async extend(call: Call, id: string, form: ExtendReservationDto): Promise<ReservationView> {
    return this.acts.once(call, async (tx) => {
      const before = await this.locked(tx, call, id);
      const minutes = form.minutes ?? HOLD_MINUTES[before.purpose].usual;
      const [[extended]]: [{ expires_at: Date }[], number] = await tx.query(
        `update reservation set expires_at = least(now() + $2::int * interval '1 minute', latest_expiry), version = version + 1
         where id = $1 and status = 'ACTIVE' and least(now() + $2::int * interval '1 minute', latest_expiry) > expires_at
         returning expires_at`,
        [id, minutes],
      );
      if (!extended) {
        throw new ReservationAtItsLimit('It is held as long as that already, or as long as the purpose allows.', {
          latestExpiry: before.latestExpiry,
        });
      }
      await tx.query(
        `update stock_holding h set reserved_until = r.expires_at, version = h.version + 1
         from reservation r join reservation_line l on l.reservation_id = r.id
         where r.id = $1 and l.active and h.id = l.holding_id`,
        [id],
      );
      await recordAct(tx, call, {
        ...subject(before),
        act: 'extend',
        from: 'ACTIVE',
        to: 'ACTIVE',
        details: { expiresAt: extended.expires_at },
      });
      await publish(tx, call, {
        ...aggregate(before),
        type: 'reservation.extended',
        payload: { expiresAt: extended.expires_at },
      });
      return found(await this.read(tx, call.caller, id));
    });
  }

  /** Gives the stock back before it lapses. @throws NotFound, Stale, WrongState, ReservationLapsed */
  async release(call: Call, id: string, form: ReleaseReservationDto): Promise<ReservationView> {
    return this.acts.once(call, async (tx) => {
      await this.locked(tx, call, id);
      await closeReservations(tx, call, [id], {
        act: 'release',
        to: 'RELEASED',
        kind: 'RELEASED',
        reason: form.reason,
      });
      return found(await this.read(tx, call.caller, id));
    });
  }

  async get(caller: Caller, id: string): Promise<ReservationView> {
    return found(await this.read(this.db, caller, id));
  }

  async list(caller: Caller, query: ReservationsQuery): Promise<Page<ReservationView>> {
    const [before] = placeAfter(PAGING, query) ?? [];
    const locationId = caller.storeId ?? query.locationId;
    const { sql, parameters } = reservationsPage({ locationId, status: query.status, before }, rowsToFetch(query));
    const rows: ReservationRow[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, { tag: PAGING.tag, keys: ({ view }) => [view.id], view: ({ view }) => view });
  }

  /** The usual case in one round trip. @returns undefined when there is too little: then the long way says why. */
  private async reserveBySku(
    call: Call,
    form: ReserveStockDto,
    locationId: string,
  ): Promise<ReservationView | undefined> {
    const wanted = new Map<string, number>();
    for (const { skuId, quantity = 1 } of form.lines) wanted.set(skuId!, (wanted.get(skuId!) ?? 0) + quantity);
    const pieces = [...wanted.values()].reduce((sum, each) => sum + each, 0);
    const { minutes, most } = holdFor(form);
    try {
      const [stored]: { body: string }[] = await this.acts.retried(() =>
        this.db.query(RESERVE_BY_SKU, [
          ...[[...wanted.keys()], [...wanted.values()], locationId, Math.floor(Math.random() * 2 ** 31)],
          ...[newId(), newShortNumber(), form.purpose, call.actor, form.customerReference ?? null, minutes, most],
          ...[Array.from({ length: pieces }, newId), call.correlationId, call.key, call.operation, call.requestHash],
          ...[[newId(), newId()], call.role],
        ]),
      );
      return stored && (JSON.parse(stored.body) as ReservationView);
    } catch (failed) {
      if (constraintOf(failed) !== 'idempotency_key_pk') throw failed;
      const outcome = await storedOutcome<ReservationView>(this.db, call);
      if ('refused' in outcome) throw outcome.refused;
      return outcome.answer;
    }
  }

  private async reserveAll(
    tx: EntityManager,
    call: Call,
    form: ReserveStockDto,
    locationId: string,
  ): Promise<ReservationView> {
    const { minutes, most } = holdFor(form);
    const [location]: unknown[] = await tx.query('select 1 from stock_location where id = $1', [locationId]);
    if (!location) throw new NotFound('No such location.');
    const picked = await pick(tx, call, locationId, form.lines, minutes);
    const id = newId();
    const number = newShortNumber();
    await tx.query(
      `insert into reservation (id, number, location_id, purpose, status, made_by, customer_reference, expires_at, latest_expiry)
       values ($1, $2, $3, $4, 'ACTIVE', $5, $6, now() + $7::int * interval '1 minute', now() + $8::int * interval '1 minute')`,
      [id, number, locationId, form.purpose, call.actor, form.customerReference ?? null, minutes, most],
    );
    await writeLines(tx, call, { id, locationId }, picked);
    await recordAct(tx, call, { ...subject({ id, locationId }), act: 'reserve', to: 'ACTIVE' });
    await publish(tx, call, {
      ...aggregate({ id, locationId }),
      type: 'reservation.made',
      payload: { number, purpose: form.purpose, units: picked.filter(({ unit_id }) => unit_id).length },
    });
    return found(await this.read(tx, call.caller, id));
  }

  /** Locks an active reservation for an act on it. @throws NotFound, Stale, WrongState, ReservationLapsed */
  private async locked(tx: EntityManager, call: Call, id: string): Promise<ReservationView> {
    await tx.query('select from reservation where id = $1 for update', [id]);
    const before = found(await this.read(tx, call.caller, id));
    if (call.ifMatch !== undefined && call.ifMatch !== before.version) throw stale(before.version);
    if (before.status !== 'ACTIVE') {
      throw new WrongState(`The reservation is ${before.status}.`, { state: before.status });
    }
    const [{ lapsed }]: [{ lapsed: boolean }] = await tx.query(
      'select now() >= expires_at as lapsed from reservation where id = $1',
      [id],
    );
    if (lapsed) throw new ReservationLapsed('It has run out; reserve again.', { expiredAt: before.expiresAt });
    return before;
  }

  private async read(
    db: Pick<EntityManager, 'query'>,
    caller: Caller,
    id: string,
  ): Promise<ReservationRow | undefined> {
    const [row]: ReservationRow[] = await db.query(ONE_RESERVATION, [id, boundTo(caller)]);
    return row;
  }
}

function found(row: ReservationRow | undefined): ReservationView {
  if (!row) throw new NotFound('No such reservation.');
  return row.view;
}

const subject = ({ id, locationId }: { id: string; locationId: string }) => ({
  subjectKind: 'reservation',
  subjectId: id,
  locationId,
});
const aggregate = ({ id, locationId }: { id: string; locationId: string }) => ({
  aggregateKind: 'reservation',
  aggregateId: id,
  locationId,
});

const onlyBySku = (form: ReserveStockDto) => form.lines.every(({ skuId }) => skuId !== undefined);

function holdFor({ purpose, minutes }: ReserveStockDto): { minutes: number; most: number } {
  const { usual, most } = HOLD_MINUTES[purpose];
  return { minutes: Math.min(minutes ?? usual, usual), most };
}

function checkLines({ lines }: ReserveStockDto): void {
  for (const [at, { skuId, identifier, quantity }] of lines.entries()) {
    if ((skuId === undefined) === (identifier === undefined)) {
      throw lineFault(at, 'skuId', 'ONE_OF', 'Give either skuId or identifier.');
    }
    if (identifier !== undefined && quantity !== 1) {
      throw lineFault(at, 'quantity', 'ONE_UNIT', 'One identifier is one unit.');
    }
  }
}

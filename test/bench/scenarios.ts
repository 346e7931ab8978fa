import { randomUUID } from 'node:crypto';
import { offersPage } from '../../src/stock/availability/offers.query.js';
import { MODEL_WITH_STOCK } from '../../src/stock/availability/stores.query.js';
import { IDENTIFY } from '../../src/stock/identification/identification.service.js';
import { nearby, type NearbyParameters } from '../../src/stock/locations/nearby.js';
import { RESERVE_BY_SKU } from '../../src/stock/reservations/reservation.query.js';
import { imeiOf15, tacOf } from '../../src/values/check-digits.js';
import { newId } from '../../src/values/id.js';
import { newShortNumber } from '../../src/values/short-number.js';
import { type Drawn, imeiOfUnit } from './dataset.js';
import type { HttpRequest } from './load.js';
import type { Recording } from './recording.js';

/** One thing a till does, as a request to the API and as the statements behind it. */
export type Scenario = {
  name: string;
  kind: 'read' | 'reservation' | 'unlock' | 'quote';
  /** Draws one case: the request, and the parameters of the same case. */
  draw(): { request: HttpRequest; parameters: unknown[] };
} & ({ sql: string } | { recording: Recording });

interface World extends Drawn {
  token: string;
  placeOf: ReadonlyMap<string, NearbyParameters>;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

/** Texts of one word group each, so that all of them are one statement. */
const TYPED = ['phone042', 'phne017', 'ab12', 'brand7', 'phon003', 'ab421'];

export function scenarios(world: World): Scenario[] {
  const headers = { authorization: `Bearer ${world.token}` };
  const get = (path: string): HttpRequest => ({ method: 'GET', path, headers });
  const post = (path: string, body: object): HttpRequest => ({
    ...{ method: 'POST', path, body: JSON.stringify(body) },
    headers: { ...headers, 'idempotency-key': randomUUID() },
  });
  const page = (store: string, asked: { q?: string }) =>
    offersPage(asked, { near: world.placeOf.get(store)!, locationId: store }, { rows: 21, after: undefined });
  return [
    {
      name: 'catalogue page',
      kind: 'read',
      sql: page(world.stores[0]!, {}).sql,
      draw: () => {
        const store = pick(world.stores);
        return { request: get(`/v1/catalogue?locationId=${store}&limit=20`), parameters: page(store, {}).parameters };
      },
    },
    {
      name: 'model detail',
      kind: 'read',
      sql: MODEL_WITH_STOCK,
      draw: () => {
        const [store, model] = [pick(world.stores), pick(world.models)];
        return {
          request: get(`/v1/catalogue/${model}?locationId=${store}`),
          parameters: [...world.placeOf.get(store)!, store, 'USD', model],
        };
      },
    },
    {
      name: 'search',
      kind: 'read',
      sql: page(world.stores[0]!, { q: TYPED[0]! }).sql,
      draw: () => {
        const [store, q] = [pick(world.stores), pick(TYPED)];
        return {
          request: get(`/v1/catalogue?q=${encodeURIComponent(q)}&locationId=${store}&limit=20`),
          parameters: page(store, { q }).parameters,
        };
      },
    },
    {
      name: 'look-up by IMEI',
      kind: 'read',
      sql: IDENTIFY,
      draw: () => {
        const imei = imeiOfUnit(Math.floor(Math.random() * world.units));
        return {
          request: post('/v1/identify', { identifier: imeiOf15(imei) }),
          parameters: ['IMEI', imei, tacOf(imei)],
        };
      },
    },
    reservation('reserve one of many', () => {
      const locationId = pick(world.stores);
      return { locationId, skuId: pick(world.skusOf.get(locationId)!) };
    }),
    reservation('reserve from one hot SKU', () => world.hot),
  ];

  function reservation(name: string, drawn: () => { locationId: string; skuId: string }): Scenario {
    return {
      name,
      kind: 'reservation',
      sql: RESERVE_BY_SKU,
      draw: () => {
        const { locationId, skuId } = drawn();
        return {
          request: post('/v1/reservations', { purpose: 'POS_BASKET', locationId, lines: [{ skuId }] }),
          parameters: reservationParameters(locationId, skuId),
        };
      },
    };
  }
}

function reservationParameters(locationId: string, skuId: string): unknown[] {
  return [
    ...[
      [skuId],
      [1],
      locationId,
      Math.floor(Math.random() * 2 ** 31),
      newId(),
      newShortNumber(),
      'POS_BASKET',
      'bench',
      null,
      15,
      60,
    ],
    ...[
      [newId()],
      randomUUID(),
      randomUUID(),
      'POST /v1/reservations',
      Buffer.alloc(32),
      [newId(), newId()],
      'BACK_OFFICE',
    ],
  ];
}

/** What is near each store, as the API reckons it. */
export const placesOf = (
  rows: readonly { id: string; latitude: number; longitude: number }[],
): Map<string, NearbyParameters> =>
  new Map(rows.map(({ id, latitude, longitude }) => [id, nearby(latitude, longitude, 50)]));

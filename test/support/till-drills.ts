import { randomUUID } from 'node:crypto';
import type { Shop } from './shop.js';
import type { Reservation } from './shopfloor.js';
import { associateOf } from './tokens.js';
import { read, type Reply, Wire, within } from './wire.js';

/** Nobody is turned away for haste: only the stock decides. */
export const OPEN_DOORS = { MAX_IN_FLIGHT: '100000', RATE_LIMIT_PER_MINUTE: '100000000', CONNECT_TIMEOUT_MS: '20000' };

export type Tally = Record<string, number>;

/** How often each answer came: `201` or `409 INSUFFICIENT_STOCK`. */
export function tally(answers: readonly { status: number; body: { code?: string } }[], counts: Tally = {}): Tally {
  for (const { status, body } of answers) {
    const answer = [status, status < 400 ? undefined : body.code].filter(Boolean).join(' ');
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

export interface Effects {
  reserved: number;
  ledger: number;
  events: number;
}

/** Reserved holdings, ledger lines and outbox events of a location. */
export const effects = (shop: Shop, locationId: string) =>
  shop.one<Effects>(
    `select (select count(*) from stock_holding where location_id = $1 and disposition = 'RESERVED')::int as reserved,
       (select count(*) from stock_movement where location_id = $1 and kind = 'RESERVED')::int as ledger,
       (select count(*) from outbox_event where location_id = $1 and type = 'reservation.made')::int as events`,
    [locationId],
  );

export const together = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

const RESERVATIONS = '/v1/reservations';
const order = (skuId: string, units = 1) => ({
  purpose: 'POS_BASKET',
  lines: Array.from({ length: units }, () => ({ skuId })),
});

async function stocked(shop: Shop, units: number): Promise<{ locationId: string; skuId: string }> {
  const locationId = await shop.make.location();
  const sku = await shop.make.sku();
  await shop.make.shelf(sku, locationId, units);
  return { locationId, skuId: sku.skuId };
}

const readAll = (replies: readonly Reply[]) => replies.map((reply) => ({ ...reply, body: read<Reservation>(reply) }));

export interface LastUnitsReport {
  answers: Tally;
  /** Units that somebody was told to have, each counted once. */
  given: number;
  effects: Effects;
  seconds: number;
  /** Milliseconds within which half, and 99 of 100, were answered. */
  p50: number;
  p99: number;
}

/** So many tills of one store want the last units of one SKU, each again as soon as it was answered. */
export async function lastUnitsDrill(
  shop: Shop,
  { tills, units, tries }: { tills: number; units: number; tries: number },
): Promise<LastUnitsReport> {
  const { locationId, skuId } = await stocked(shop, units);
  const wires = await together(
    tills,
    async (n) => new Wire(shop.url, await shop.token(associateOf(locationId, `till-${n}`)), 1),
  );
  const replies: Reply[] = [];
  const began = performance.now();
  let left = tries;
  await Promise.all(
    wires.map(async (wire) => {
      while (left-- > 0) replies.push(await wire.send(RESERVATIONS, order(skuId)));
      wire.close();
    }),
  );
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const answers = readAll(replies);
  const won = answers.filter(({ status }) => status === 201).map(({ body }) => body.lines[0]!.unitId);
  return {
    ...{ answers: tally(answers), given: new Set(won).size, effects: await effects(shop, locationId), seconds },
    ...{ p50: within(50, replies), p99: within(99, replies) },
  };
}

export interface SameKeyReport {
  sent: number;
  /** Answers to the request that had the key, to the other one under it, and to the other caller. */
  same: Tally;
  otherBody: Tally;
  otherCaller: Tally;
  /** Keys that the other body had first. */
  otherFirst: number;
  /** Keys whose answers were not equal to the byte, that were answered to nobody, or that two callers shared. */
  unlike: number;
  unanswered: number;
  shared: number;
  /** Answers that said to be a repetition. */
  replayed: number;
  /** What the tills were told, and what stands in the books. */
  told: { reservations: number; units: number };
  effects: Effects;
}

const KEYS_AT_ONCE = 5;

/**
 * Every key is sent so many times at once with one body, and in the midst of them once with another body and once by
 * another caller.
 */
export async function sameKeyDrill(
  shop: Shop,
  { keys, atOnce }: { keys: number; atOnce: number },
): Promise<SameKeyReport> {
  // One for each caller, and one more where the other body comes first: that wants two.
  const { locationId, skuId } = await stocked(shop, keys * 3);
  const [mine, theirs] = [
    new Wire(shop.url, await shop.token(associateOf(locationId))),
    new Wire(shop.url, await shop.token(associateOf(locationId, 'associate-2'))),
  ];
  const count = new KeyCount();
  const ofOneKey = async () => {
    const key = randomUUID();
    const [other, stranger] = [Math.floor(Math.random() * atOnce), Math.floor(Math.random() * atOnce)];
    const sent: Record<'asked' | 'other' | 'theirs', Promise<Reply>[]> = { asked: [], other: [], theirs: [] };
    for (let n = 0; n < atOnce; n++) {
      sent.asked.push(mine.send(RESERVATIONS, order(skuId), key));
      if (n === other) sent.other.push(mine.send(RESERVATIONS, order(skuId, 2), key));
      if (n === stranger) sent.theirs.push(theirs.send(RESERVATIONS, order(skuId), key));
    }
    const answered = async (replies: Promise<Reply>[]) => readAll(await Promise.all(replies));
    count.key(await answered(sent.asked), await answered(sent.other), await answered(sent.theirs));
  };
  for (let left = keys; left > 0; left -= KEYS_AT_ONCE) await together(Math.min(left, KEYS_AT_ONCE), ofOneKey);
  mine.close();
  theirs.close();
  return { ...count.report, effects: await effects(shop, locationId) };
}

type Answered = Reply & { body: Reservation };

/** Counts key by key what came of it. */
class KeyCount {
  readonly report: Omit<SameKeyReport, 'effects'> = {
    ...{ sent: 0, same: {}, otherBody: {}, otherCaller: {}, otherFirst: 0 },
    ...{ unlike: 0, unanswered: 0, shared: 0, replayed: 0, told: { reservations: 0, units: 0 } },
  };

  key(asked: Answered[], other: Answered[], theirs: Answered[]): void {
    const { report } = this;
    // Whichever body came first has the key; the other is refused.
    const otherFirst = other.some(({ status }) => status === 201);
    const [same, refused] = otherFirst ? [other, asked] : [asked, other];
    report.otherFirst += Number(otherFirst);
    report.sent += asked.length + other.length + theirs.length;
    tally(same, report.same);
    tally(refused, report.otherBody);
    tally(theirs, report.otherCaller);
    const made = [this.agreed(same), this.agreed(theirs)];
    if (made[0] && made[0].id === made[1]?.id) report.shared++;
  }

  /** The one reservation that all who were answered were told of. */
  private agreed(answers: readonly Answered[]): Reservation | undefined {
    const { report } = this;
    const done = answers.filter(({ status }) => status === 201);
    report.replayed += done.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length;
    if (new Set(done.map(({ text }) => text)).size > 1) report.unlike++;
    const made = done[0]?.body;
    if (!made) report.unanswered++;
    else report.told = { reservations: report.told.reservations + 1, units: report.told.units + made.lines.length };
    return made;
  }
}

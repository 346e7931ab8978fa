import { setTimeout as pause } from 'node:timers/promises';
import { searchWords } from '../../src/devices/models/search-words.js';
import type { MadeSku } from './make.js';
import { openShop, type Shop } from './shop.js';
import { type Reply, Wire, within } from './wire.js';

/** How one class of work fared in a stretch of time. */
export interface Fare {
  sent: number;
  ok: number;
  /** Turned away with 503 TEMPORARY_REDUCED_CAPACITY and Retry-After. */
  shed: number;
  other: number;
  /** Milliseconds within which 99 of 100 were turned away, and answered. */
  shedP99: number;
  okP99: number;
}

export interface OverloadReport {
  /** Reports a second with as many askers as the server takes at once, none turned away, while the tills sell. */
  peak: number;
  offered: number;
  /** Reports answered a second while ten times as many were asked for. */
  goodput: number;
  reports: Fare;
  tills: Fare;
  /** Milliseconds after the last of the flood until reports come as quickly as before. */
  recoveredAfter: number;
}

const REPORTS_AT_ONCE = 4;
const TILLS_A_SECOND = 10;
const SETTINGS = {
  ...{ POOL_SIZE: '6', MAX_IN_FLIGHT: '16', MAX_REPORTS_IN_FLIGHT: String(REPORTS_AT_ONCE) },
  ...{ RATE_LIMIT_PER_MINUTE: '100000000', LOG_LEVEL: 'warn' },
};
const TICK_MS = 10;

/** Asks without waiting for those before, as a crowd does. */
class Crowd {
  readonly answers: Reply[] = [];
  private readonly wire: Wire;
  private readonly running = new Set<Promise<void>>();

  constructor(url: string, token: string) {
    this.wire = new Wire(url, token);
  }

  ask(route: string, body?: object): Promise<void> {
    const asked = this.wire.send(route, body).then((answer) => void this.answers.push(answer));
    this.running.add(asked);
    return asked.finally(() => this.running.delete(asked));
  }

  /** Sends at a steady rate, however quickly it is answered. */
  async flood(perSecond: number, seconds: number, send: () => void): Promise<void> {
    const began = performance.now();
    for (let sent = 0; sent < perSecond * seconds; await pause(TICK_MS)) {
      const due = Math.min(perSecond * seconds, ((performance.now() - began) / 1000) * perSecond);
      for (; sent < due; sent++) send();
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.running);
    this.wire.close();
  }

  fare(): Fare {
    const ok = this.answers.filter(({ status }) => status === 200 || status === 201);
    const shed = this.answers.filter(({ status, headers }) => status === 503 && headers['retry-after'] === '1');
    const other = this.answers.length - ok.length - shed.length;
    return {
      sent: this.answers.length,
      ok: ok.length,
      shed: shed.length,
      other,
      shedP99: within(99, shed),
      okP99: within(99, ok),
    };
  }
}

/**
 * A shop that can answer so many reports a second is asked for ten times as many, while its tills go on selling at a
 * pace well within what it can do.
 */
export async function overloadDrill(seconds: number): Promise<OverloadReport> {
  const shop = await openShop(SETTINGS);
  try {
    const { locationId, skuId } = await stockUp(shop, (seconds + 60) * TILLS_A_SECOND);
    const token = await shop.token({
      sub: 'crowd',
      role: 'BACK_OFFICE',
      scope: 'devices:read stock:read stock:reserve',
    });
    const report = `/v1/catalogue/facets?locationId=${locationId}&q=blackberry`;
    const sale = { purpose: 'POS_BASKET', lines: [{ skuId }], locationId };
    const selling = async (duration: number): Promise<Fare> => {
      const tills = new Crowd(shop.url, token);
      await tills.flood(TILLS_A_SECOND, duration, () => void tills.ask('/v1/reservations', sale));
      await tills.settled();
      return tills.fare();
    };
    await peakOf(shop, token, report, 2);
    const calm = Math.min(seconds / 2, 10);
    const [peak] = await Promise.all([peakOf(shop, token, report, calm), selling(calm)]);
    const crowd = new Crowd(shop.url, token);
    const offered = Math.round(peak * 10);
    const began = performance.now();
    const [tills] = await Promise.all([
      selling(seconds),
      crowd.flood(offered, seconds, () => void crowd.ask(report)).then(() => crowd.settled()),
    ]);
    const took = (performance.now() - began) / 1000;
    const reports = crowd.fare();
    const recoveredAfter = await recovery(shop, token, report, peak);
    return {
      ...{ peak: Math.round(peak), offered, goodput: Math.round(reports.ok / took) },
      ...{ reports, tills, recoveredAfter },
    };
  } finally {
    await shop.close();
  }
}

/** Reports a second when as many ask as are let in, each as soon as the last was answered. */
async function peakOf(shop: Shop, token: string, report: string, seconds: number): Promise<number> {
  const crowd = new Crowd(shop.url, token);
  const began = performance.now();
  const until = began + seconds * 1000;
  const asking = Array.from({ length: REPORTS_AT_ONCE }, async () => {
    while (performance.now() < until) await crowd.ask(report);
  });
  await Promise.all(asking);
  await crowd.settled();
  return crowd.fare().ok / ((performance.now() - began) / 1000);
}

async function recovery(shop: Shop, token: string, report: string, peak: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const rate = await peakOf(shop, token, report, 0.5);
    const passed = Math.round(performance.now() - began);
    if (rate >= 0.7 * peak || passed > 30_000) return passed;
  }
}

/** A catalogue of which a report costs something, and units for the tills. */
async function stockUp(shop: Shop, units: number): Promise<{ locationId: string; skuId: string }> {
  const locationId = await shop.make.location();
  const made: MadeSku[] = [];
  for (let n = 0; n < 400; n++) {
    const { text, compact } = searchWords({
      brand: 'BlackBerry',
      name: `Model ${n}`,
      aliases: [],
      makerCodes: [`M${n}`],
    });
    made.push(await shop.make.sku({ model: { search_text: text, search_compact: compact } }));
  }
  // In seven more colours: heavy enough a report that the flood itself does not take the machine from the server.
  await shop.db.query(
    `with coloured as (
       insert into device_variant (id, model_id, maker_code, storage_gb, colour)
       select gen_random_uuid(), m.id, 'SQN100-1', 16, 'Colour ' || n from device_model m, generate_series(1, 7) n returning id
     )
     insert into sku (id, code, kind, variant_id, condition) select gen_random_uuid(), id::text, 'DEVICE', id, 'NEW' from coloured`,
  );
  await shop.make.units(made[0]!, locationId, units);
  await shop.db.query('analyze');
  return { locationId, skuId: made[0]!.skuId };
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { oneByOne } from '../../platform/one-by-one.js';
import { newId } from '../../values/id.js';
import { CounterOffers } from '../inspections/counter-offers.service.js';
import { reject } from '../inspections/doubts.service.js';
import { takeBack } from '../money/reversals.js';
import type { Silence } from '../rules/terms.words.js';
import { TradeIn } from '../trades/trade-in.entity.js';
import { moveTrade } from '../trades/trade-moves.js';

const AT_ONCE = 100;

/** What falls due: quotes run out, deadlines pass, offers are not answered, doubts are not cleared. */
const DUE = `
  select id from trade_in where (status in ('ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT') and deadline_at <= now())
     or (status in ('SUSPENDED', 'COUNTER_OFFERED') and waits_until <= now())
  order by id limit ${AT_ONCE}`;

/** The same of one trade-in, locked; whoever comes first acts, and the other finds nothing due. */
const STILL_DUE = `
  select id from trade_in
  where id = $1 and ((status in ('ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT') and deadline_at <= now())
    or (status in ('SUSPENDED', 'COUNTER_OFFERED') and waits_until <= now()))
  for no key update skip locked`;

const EXPIRE_QUOTES = `
  update trade_in_quote set status = 'EXPIRED', version = version + 1
  where id in (select id from trade_in_quote where status = 'OFFERED' and expires_at <= now()
               order by expires_at limit 500 for update skip locked)`;

/** Does what the terms say happens with time. Nothing depends on when it is done: what is over is over at its instant. */
@Injectable()
export class SilentTrades implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly offers: CounterOffers,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('trade-ins that wait', (stopping) => this.round(stopping));
  }

  private async round(stopping: () => boolean): Promise<void> {
    await this.db.query(EXPIRE_QUOTES);
    const due: { id: string }[] = await this.db.query(DUE);
    await oneByOne(due, { stopping, cannot: 'a trade-in cannot be ended' }, ({ id }) =>
      this.acts.transaction((tx) => this.end(tx, id)),
    );
  }

  private async end(tx: EntityManager, id: string): Promise<void> {
    const [found]: { id: string }[] = await tx.query(STILL_DUE, [id]);
    if (!found) return;
    const trade = await tx.findOneByOrFail(TradeIn, { id });
    const by = system(newId());
    if (trade.status === 'COUNTER_OFFERED') {
      await this.offers.close(tx, by, trade, await silenceOf(tx, id), 'OFFER_EXPIRED');
    } else if (trade.status === 'SUSPENDED') {
      await reject(tx, by, trade, 'DEADLINE_PASSED');
    } else {
      await takeBack(tx, by, trade, 'DEVICE_NOT_RECEIVED');
      const reason = 'DEADLINE_PASSED';
      await moveTrade(tx, by, trade, 'passDeadline', { also: { closeReason: reason }, reason, audited: true });
    }
  }
}

async function silenceOf(tx: EntityManager, tradeInId: string): Promise<Silence> {
  const [offer]: { silence: Silence }[] = await tx.query(
    `select silence from counter_offer where trade_in_id = $1 and status = 'OPEN'`,
    [tradeInId],
  );
  return offer?.silence ?? 'RETURN';
}

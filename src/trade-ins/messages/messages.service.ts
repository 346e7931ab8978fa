import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call, Caller } from '../../platform/caller.js';
import { moment } from '../../values/views.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { newId } from '../../values/id.js';
import type { TradeInMessagePageView, TradeInMessageView } from './message.view.js';

interface MessageRow extends Omit<TradeInMessageView, 'writtenAt'> {
  writtenAt: Date;
}

const SELECT = `
  select id, author, text, written_at as "writtenAt" from trade_in_message where trade_in_id = $1 order by id desc limit $2`;

/** As many of a thread are shown, the latest. */
const SHOWN = 200;

/** What the customer and the inspector write to each other. */
@Injectable()
export class TradeInMessages {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
  ) {}

  /** @throws NotFound */
  write(call: Call, tradeInId: string, text: string): Promise<TradeInMessageView> {
    return this.acts.once(call, async (tx) => {
      const { locationId } = await readTrade(tx, tradeInId, call.caller);
      const author = call.role === 'CUSTOMER' ? 'CUSTOMER' : 'CARRIER';
      const id = newId();
      await tx.query(
        'insert into trade_in_message (id, trade_in_id, author, written_by, text) values ($1, $2, $3, $4, $5)',
        [id, tradeInId, author, call.actor, text],
      );
      await publish(tx, call, {
        ...{ type: 'trade-in.message-written', aggregateKind: 'trade-in', aggregateId: tradeInId, locationId },
        payload: { messageId: id, author },
      });
      return (await thread(tx, tradeInId, 1))[0]!;
    });
  }

  /** The thread, the first message first. @throws NotFound */
  async read(caller: Caller, tradeInId: string): Promise<TradeInMessagePageView> {
    await readTrade(this.db, tradeInId, caller);
    return { items: await thread(this.db, tradeInId, SHOWN) };
  }
}

async function thread(
  db: Pick<EntityManager, 'query'>,
  tradeInId: string,
  most: number,
): Promise<TradeInMessageView[]> {
  const rows: MessageRow[] = await db.query(SELECT, [tradeInId, most]);
  return rows.reverse().map((row) => ({ ...row, writtenAt: moment(row.writtenAt) }));
}

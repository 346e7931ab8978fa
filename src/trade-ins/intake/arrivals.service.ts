import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { undoWriteOffs } from '../money/ledger.js';
import { needHardware, type OfferedHandset, OfferedHandsets } from '../questions/offered-handsets.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInAct } from '../trades/trade-in.lifecycle.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { TooLate, WrongHandset } from '../trades/trade-ins.errors.js';
import { readTrade } from '../trades/trade-ins.query.js';
import type { DockTradeInDto, HandOverTradeInDto } from './intake.dto.js';
import { Receiving, type Received } from './receiving.js';

/** Handsets come in: over the counter, or by mail at the dock. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly handsets: OfferedHandsets,
    private readonly receiving: Receiving,
  ) {}

  /** The handset on the counter must be the one that was quoted. @throws NotFound, Stale, WrongState, WrongHandset, AlreadyInStock */
  async handOver(call: Call, id: string, form: HandOverTradeInDto): Promise<TradeInView> {
    const handset = await this.handsets.find(form.identifier, await this.quotedVariant(call, id));
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'handOver');
      needQuoted(trade, handset);
      const received = { handset, variantId: trade.variantId, sealedBag: form.sealedBag };
      await this.receive(tx, call, trade, 'handOver', received);
      return readTrade(tx, id, call.caller);
    });
  }

  /** Whatever lies in the parcel is written down; that it is another handset is told by the inspection. @throws NotFound, Stale, WrongState, AlreadyInStock */
  async dock(call: Call, id: string, form: DockTradeInDto): Promise<TradeInView> {
    const handset = await this.handsets.find(form.identifier, form.variantId);
    const { variantId } = needHardware(handset);
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'dock', 'arriveLate');
      const late = trade.status === 'NOT_RECEIVED' || trade.status === 'LOST_IN_TRANSIT';
      if (trade.status === 'NOT_RECEIVED') await needWithinGrace(tx, trade);
      // What was given up is owed again, to be made good by what lies here.
      if (late) await undoWriteOffs(tx, call, trade);
      const received = { handset, variantId, sealedBag: form.sealedBag };
      await this.receive(tx, call, trade, late ? 'arriveLate' : 'dock', received, form.parcel);
      return readTrade(tx, id, call.caller);
    });
  }

  private async receive(
    tx: EntityManager,
    call: Call,
    trade: TradeIn,
    act: TradeInAct,
    received: Received,
    parcel?: string,
  ): Promise<void> {
    const { unitId, variantId } = await this.receiving.takeIn(tx, call, trade, received);
    const { imei14 } = received.handset;
    const also = { unitId, variantId, receivedImei14: imei14, sealedBag: received.sealedBag };
    const moved = await moveTrade(tx, call, trade, act, {
      also: { ...also, receivedAt: () => 'now()', deadlineAt: null },
      details: { asQuoted: imei14 === trade.imei14, parcel: parcel ?? null },
    });
    await this.receiving.holdByLaw(tx, call, moved);
  }

  private async quotedVariant({ caller }: Call, id: string): Promise<string> {
    const { variantId } = await readTrade(this.db, id, caller);
    return variantId;
  }
}

/** Either IMEI of a dual-SIM handset will do. @throws WrongHandset */
function needQuoted(trade: TradeIn, { imei14, record }: OfferedHandset): void {
  if (trade.imei14 === imei14 || record.otherImei14s.includes(trade.imei14)) return;
  throw new WrongHandset('What was scanned is not the handset that was quoted: quote for this one.');
}

/** @throws TooLate */
async function needWithinGrace(tx: EntityManager, trade: TradeIn): Promise<void> {
  const [grace]: { over: boolean }[] = await tx.query(
    `select t.accepted_at + make_interval(days => (r.content->>'deadlineDays')::int + (r.content->>'graceDays')::int) < now()
       as over
     from trade_in t join trade_in_rule r on r.id = t.terms_id where t.id = $1`,
    [trade.id],
  );
  if (grace!.over) throw new TooLate('It came too late to go on: ask for a new quote, or send it back.');
}

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { Files } from '../../platform/files/files.service.js';
import { NotFound } from '../../platform/problems.js';
import { moment } from '../../values/views.js';
import { readTrade } from '../trades/trade-ins.query.js';
import type { TradeInPhotographPageView, TradeInPhotographView } from './photograph.view.js';
import { TradeInPhotograph } from './trade-in-photograph.entity.js';

interface PhotographRow extends Omit<TradeInPhotographView, 'takenAt'> {
  takenAt: Date;
}

const SELECT = `
  select id, trade_in_id as "tradeInId", encode(digest, 'hex') as digest, media_type as "mediaType", bytes, width, height,
         taken_by as "takenBy", taken_at as "takenAt", erased_at is not null as erased
  from trade_in_photograph`;

/** Reads of photographs. */
@Injectable()
export class TradeInPhotographsReads {
  constructor(
    private readonly db: DataSource,
    private readonly files: Files,
  ) {}

  /** The photographs of a trade-in; it has few. @throws NotFound */
  async ofTrade(caller: Caller, tradeInId: string): Promise<TradeInPhotographPageView> {
    await readTrade(this.db, tradeInId, caller);
    const rows: PhotographRow[] = await this.db.query(`${SELECT} where trade_in_id = $1 order by id limit 100`, [
      tradeInId,
    ]);
    return { items: rows.map(photographView) };
  }

  /** The picture itself. @throws NotFound, FilesUnavailable */
  async picture(caller: Caller, id: string): Promise<Buffer> {
    const found = await this.db.getRepository(TradeInPhotograph).findOneBy({ id });
    if (!found) throw new NotFound('No such photograph, or not yours.');
    await readTrade(this.db, found.tradeInId, caller);
    if (found.erasedAt) throw new NotFound('The photograph was erased when its time was over.');
    return this.files.open(found.digest);
  }
}

export async function readPhotograph(tx: EntityManager, id: string): Promise<TradeInPhotographView> {
  const [row]: PhotographRow[] = await tx.query(`${SELECT} where id = $1`, [id]);
  return photographView(row!);
}

const photographView = ({ takenAt, ...row }: PhotographRow): TradeInPhotographView => ({
  ...row,
  takenAt: moment(takenAt),
});

import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { Files } from '../../platform/files/files.service.js';
import { recordAct } from '../../platform/history.js';
import { wholeBody, withBody } from '../../platform/http/streamed-body.js';
import { StillRunning, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { OPEN_STATES } from '../trades/trade-in.lifecycle.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTrade } from '../trades/trade-moves.js';
import { Darkroom, type Developed } from './darkroom.js';
import { MOST_PHOTOGRAPH_BYTES } from './photograph-body.decorator.js';
import type { TradeInPhotographView } from './photograph.view.js';
import { TooManyPhotographs } from './photographs.errors.js';
import { readPhotograph } from './photographs.query.js';

const MOST_PHOTOGRAPHS = 20;
/** A till on a bad line sends ten megabytes in this time; whoever sends slower takes the place of others. */
const PATIENCE_MS = 60_000;

/** Photographs that show what was handed in. */
@Injectable()
export class TradeInPhotographs {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly files: Files,
    private readonly darkroom: Darkroom,
  ) {}

  /**
   * Takes a photograph. Not a byte of it is read before the caller may, and nothing is kept of what is none.
   * @throws InvalidInput, MalformedBody, BodyTooLarge, NotFound, WrongState, TooManyPhotographs, StillRunning,
   *   ReducedCapacity, FilesUnavailable
   */
  async take(call: Call, tradeInId: string, body: Readable): Promise<TradeInPhotographView> {
    try {
      const { status } = await readTrade(this.db, tradeInId, call.caller);
      if (!(await this.acts.isKnown(call))) needOpen(status);
      return await this.darkroom.inPlace(() => this.takeIn(call, tradeInId, body));
    } catch (refused) {
      // Without it a client that sends first and listens afterwards would never come to read the refusal.
      body.resume();
      throw refused;
    }
  }

  private async takeIn(call: Call, tradeInId: string, body: Readable): Promise<TradeInPhotographView> {
    const raw = await wholeBody(body, { mostBytes: MOST_PHOTOGRAPH_BYTES, withinMs: PATIENCE_MS });
    const whole = withBody(call, raw);
    if (await this.acts.isKnown(call)) return this.acts.once(whole, forgotten);
    const developed = await this.darkroom.develop(raw);
    const digest = await this.files.keep(developed.bytes);
    return this.acts.once(whole, (tx) => this.write(tx, whole, tradeInId, digest, developed));
  }

  /** With the trade-in locked, so that of forty at once twenty are taken; the same one again changes nothing. */
  private async write(
    tx: EntityManager,
    call: Call,
    tradeInId: string,
    digest: Buffer,
    { bytes, mediaType, width, height }: Developed,
  ): Promise<TradeInPhotographView> {
    const { status, locationId } = await lockTrade(tx, tradeInId, call.caller);
    needOpen(status);
    const kept: { id: string; same: boolean }[] = await tx.query(
      'select id, digest = $2 as same from trade_in_photograph where trade_in_id = $1',
      [tradeInId, digest],
    );
    const same = kept.find((one) => one.same);
    if (same) return readPhotograph(tx, same.id);
    if (kept.length >= MOST_PHOTOGRAPHS) {
      throw new TooManyPhotographs(`A trade-in has at most ${MOST_PHOTOGRAPHS} photographs.`);
    }
    await this.files.use(tx, digest);
    const id = newId();
    await tx.query(
      `insert into trade_in_photograph (id, trade_in_id, digest, media_type, bytes, width, height, taken_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, tradeInId, digest, mediaType, bytes.length, width, height, call.actor],
    );
    await recordAct(tx, call, {
      ...{ subjectKind: 'trade-in', subjectId: tradeInId, act: 'photograph', locationId },
      details: { photographId: id, bytes: bytes.length },
    });
    return readPhotograph(tx, id);
  }
}

/** @throws WrongState */
function needOpen(status: string): void {
  if (OPEN_STATES.includes(status as (typeof OPEN_STATES)[number])) return;
  throw new WrongState(`It is over: ${status}.`, { state: status, possible: [] });
}

/** The key was used, and forgotten while the photograph was on its way. */
function forgotten(): Promise<never> {
  throw new StillRunning('The key was just forgotten; send the photograph once more.');
}

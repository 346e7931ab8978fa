import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { Language } from '../../values/language.js';
import { RuleBook } from '../rules/rule-book.js';
import type { Silence } from '../rules/terms.words.js';
import { SellerDesk } from '../sellers/seller-desk.js';
import type { SellerDto } from '../sellers/seller.dto.js';
import { TOLD_STATES, type ToldState } from './letter-words.js';

/** A trade-in whose seller has not been written to about how it stands; amounts in minor units. */
export interface UntoldTrade {
  id: string;
  status: ToldState;
  number: string;
  currency: string;
  amountMinor: number | null;
  waitsUntil: Date | null;
  timeZone: string;
  silence: Silence | null;
  /** Codes of reasons. */
  reasons: string[];
  identityKey: Buffer;
  identitySealed: Buffer | null;
}

const AT_ONCE = 50;

/** Nobody is written to about a handset that they see lying on the counter. */
export const TOLD = `(${oneOf('t.status', TOLD_STATES)} and not (t.status = 'RECEIVED' and t.channel = 'IN_STORE'))`;

const UNTOLD = `
  select t.id, t.status, t.number, t.currency, t.waits_until as "waitsUntil", l.time_zone as "timeZone", o.silence,
         (case t.status when 'COUNTER_OFFERED' then o.market_minor + o.extra_minor else (
            select sum(c.amount_minor) from trade_in_credit c
            where c.trade_in_id = t.id and c.status <> 'REVERSED') end)::float8 as "amountMinor",
         case t.status when 'COUNTER_OFFERED' then o.reasons when 'SUSPENDED' then array[t.suspended_for]
            when 'REJECTED' then array[t.close_reason] else '{}' end as reasons,
         s.identity_key as "identityKey", t.seller_sealed as "identitySealed"
  from trade_in t
  join seller s on s.id = t.seller_id
  join stock_location l on l.id = t.location_id
  left join lateral (select silence, market_minor, extra_minor, reasons from counter_offer
                     where trade_in_id = t.id and status = 'OPEN') o on true
  where t.told_status is distinct from t.status and ${TOLD}
  order by t.id limit ${AT_ONCE}`;

/** What letters are made of. */
@Injectable()
export class LetterSources {
  constructor(
    private readonly db: DataSource,
    private readonly desk: SellerDesk,
    private readonly book: RuleBook,
  ) {}

  untold(): Promise<UntoldTrade[]> {
    return this.db.query(UNTOLD);
  }

  /** Where and how the seller wants to be written to; nothing once who they are was erased. */
  async sellerOf({ identityKey, identitySealed }: UntoldTrade): Promise<Pick<SellerDto, 'email' | 'language'>> {
    return identitySealed ? this.desk.open(identityKey, identitySealed) : {};
  }

  /** Codes without words, such as those a machine gave, are left out: a letter is no log. */
  async wordsFor(codes: readonly string[], language: Language): Promise<string[]> {
    const served = (await this.book.reasons())?.content.reasons ?? [];
    return codes.flatMap((code) => served.find((one) => one.code === code)?.text[language] ?? []);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { actingAt } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import type { TradeInChannel } from '../rules/terms.words.js';

/** A location as trade-ins see it. */
export interface PlaceOfTrade {
  locationId: string;
  country: string;
  region: string;
  timeZone: string;
}

/** Where a handset is handed in, and what is agreed and lawful there. */
export interface QuotePlace {
  place: PlaceOfTrade;
  terms: RuleInForce<'TERMS'>;
  jurisdiction: RuleInForce<'JURISDICTION'> | undefined;
}

/** @throws NotFound */
export async function readPlace(db: Pick<EntityManager, 'query'>, locationId: string): Promise<PlaceOfTrade> {
  const [place]: PlaceOfTrade[] = await db.query(
    `select id as "locationId", country, region, time_zone as "timeZone" from stock_location where id = $1`,
    [locationId],
  );
  if (!place) throw new NotFound('No such location.');
  return place;
}

/** Finds out where a quote is made and by which rules. */
@Injectable()
export class QuotePlaces {
  constructor(
    private readonly db: DataSource,
    private readonly book: RuleBook,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** @throws InvalidInput, NotFound */
  async placeFor(caller: Caller, channel: TradeInChannel, locationId: string | undefined): Promise<QuotePlace> {
    return channel === 'MAIL' ? this.byMail(caller, locationId) : this.inStore(actingAt(caller, locationId));
  }

  private async inStore(locationId: string): Promise<QuotePlace> {
    const place = await readPlace(this.db, locationId);
    const terms = await this.book.termsFor(place.country, 'IN_STORE');
    if (!terms) throw noTerms();
    return { place, terms, jurisdiction: await this.book.jurisdictionOf(place) };
  }

  /** Whatever comes by mail comes to one place, which the terms name; the law is that of this place. */
  private async byMail(caller: Caller, locationId: string | undefined): Promise<QuotePlace> {
    if (caller.storeId !== undefined || locationId !== undefined) {
      const detail =
        'A handset handed in at a location does not come by mail: leave locationId out, or ask for IN_STORE.';
      throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/channel', code: 'NOT_BY_MAIL', detail }]);
    }
    const terms = await this.book.termsFor(this.settings.HOME_JURISDICTION.slice(0, 2), 'MAIL');
    if (!terms) throw noTerms();
    const place = await readPlace(this.db, terms.content.receivesAtLocationId!);
    return { place, terms, jurisdiction: await this.book.jurisdictionOf(place) };
  }
}

function noTerms(): InvalidInput {
  const detail = 'There are no terms in force for handsets that come in like this here.';
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '/channel', code: 'NO_TERMS', detail }]);
}

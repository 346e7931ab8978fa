import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { BOOK_CHANNELS, type BookChannel } from './price-book.lifecycle.js';

@Entity('price_book')
@Check('price_book_country_ck', `country ~ '^[A-Z]{2}$'`)
@Check('price_book_channel_ck', oneOf('channel', BOOK_CHANNELS))
@Check('price_book_currency_ck', `currency ~ '^[A-Z]{3}$'`)
@Unique('price_book_code_key', ['code'])
@Unique('price_book_place_key', ['country', 'channel'])
export class PriceBook {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'price_book_pk' })
  id: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'country', type: 'text' })
  country: string;
  @Column({ name: 'channel', type: 'text' })
  channel: BookChannel;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
}

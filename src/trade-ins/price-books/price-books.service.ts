import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { newId } from '../../values/id.js';
import type { CreatePriceBookDto } from './price-book.dto.js';
import type { PriceBookView } from './price-book.view.js';
import { PriceBookTaken } from './price-books.errors.js';

for (const constraint of ['price_book_code_key', 'price_book_place_key']) {
  constraintMeans(
    constraint,
    () => new PriceBookTaken('A book of this code, or for this country and way in, is there.'),
  );
}

/** The books that prices are kept in. */
@Injectable()
export class PriceBooks {
  constructor(private readonly acts: Acts) {}

  /** @throws PriceBookTaken */
  create(call: Call, form: CreatePriceBookDto): Promise<PriceBookView> {
    return this.acts.once(call, async (tx) => {
      const id = newId();
      const { code, country, channel, currency } = form;
      await tx.query('insert into price_book (id, code, country, channel, currency) values ($1, $2, $3, $4, $5)', [
        ...[id, code, country, channel, currency],
      ]);
      await recordAct(tx, call, { subjectKind: 'price-book', subjectId: id, act: 'create', details: { ...form } });
      return { id, code, country, channel, currency };
    });
  }
}

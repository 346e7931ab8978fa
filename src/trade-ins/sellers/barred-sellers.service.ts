import { Injectable } from '@nestjs/common';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import type { BarSellerDto } from './barred-seller.dto.js';
import type { BarredSellerView } from './barred-seller.view.js';
import { SellerBarredAlready } from './barred-sellers.errors.js';
import { readBarred } from './barred-sellers.query.js';
import { needOffice } from './office-only.js';

constraintMeans(
  'barred_seller_live_key',
  () => new SellerBarredAlready('The entry that stands has to be lifted first.'),
);

/** Of a trade-in; locked, so that an acceptance of theirs is before the entry or refused by it. $1 trade-in */
const LOCK_SELLER = `
  select id from seller where id = (select seller_id from trade_in where id = $1) for no key update`;

/** Whom nothing is bought from any more. They are not told. */
@Injectable()
export class BarredSellers {
  constructor(private readonly acts: Acts) {}

  /** @throws NotForTills, NotFound, SellerBarredAlready */
  bar(call: Call, { tradeInId, reason }: BarSellerDto): Promise<BarredSellerView> {
    needOffice(call.caller);
    return this.acts.once(call, async (tx) => {
      const [seller]: { id: string }[] = await tx.query(LOCK_SELLER, [tradeInId]);
      if (!seller) throw new NotFound('No such trade-in.');
      const id = newId();
      await tx.query(
        'insert into barred_seller (id, seller_id, trade_in_id, reason, barred_by) values ($1, $2, $3, $4, $5)',
        [id, seller.id, tradeInId, reason, call.actor],
      );
      await recordAudited(tx, call, {
        ...{ subjectKind: 'seller', subjectId: seller.id, act: 'bar', reason },
        details: { barredSellerId: id, tradeInId },
      });
      return readBarred(tx, id);
    });
  }

  /** By somebody who did not bar them. @throws NotForTills, NotFound, WrongState, SecondPersonNeeded */
  lift(call: Call, id: string, reason: string): Promise<BarredSellerView> {
    needOffice(call.caller);
    return this.acts.once(call, async (tx) => {
      await tx.query('select from barred_seller where id = $1 for no key update', [id]);
      const { barredBy, liftedAt, sellerId } = await readBarred(tx, id);
      if (liftedAt !== null) throw new WrongState('It was lifted before.', { state: 'LIFTED', possible: [] });
      needSecondPerson(call, [barredBy]);
      await tx.query('update barred_seller set lifted_by = $2, lifted_at = now() where id = $1', [id, call.actor]);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'seller', subjectId: sellerId, act: 'liftBar', reason },
        details: { barredSellerId: id },
      });
      return readBarred(tx, id);
    });
  }
}

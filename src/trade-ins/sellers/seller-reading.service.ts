import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needStepUp } from '../../access/step-up.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { NotFound } from '../../platform/problems.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { SellerDesk } from './seller-desk.js';
import type { SellerView } from './seller.view.js';

interface SealedIdentity {
  identityKey: Buffer;
  identitySealed: Buffer;
}

/** Who sold, for whoever may know and says what for. */
@Injectable()
export class SellerReading {
  constructor(
    private readonly acts: Acts,
    private readonly desk: SellerDesk,
  ) {}

  /** Who asked and what for is in the audit before they are told. @throws StepUpNeeded, NotFound */
  async read(call: Call, tradeInId: string, purpose: string): Promise<SellerView> {
    needStepUp(call.caller);
    const { identityKey, identitySealed } = await this.acts.transaction(async (tx) => {
      const { locationId } = await readTrade(tx, tradeInId, call.caller);
      const sealed = await identityOf(tx, tradeInId);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in', subjectId: tradeInId, act: 'readSeller', reason: purpose, locationId },
      });
      return sealed;
    });
    const {
      paperExpiresOn = null,
      paperIssuer = null,
      email = null,
      language = 'en',
      ...identity
    } = await this.desk.open(identityKey, identitySealed);
    return { ...identity, paperExpiresOn, paperIssuer, email, language };
  }
}

/** @throws NotFound once it has been erased */
async function identityOf(tx: EntityManager, tradeInId: string): Promise<SealedIdentity> {
  const [found]: { identityKey: Buffer; identitySealed: Buffer | null }[] = await tx.query(
    `select s.identity_key as "identityKey", t.seller_sealed as "identitySealed"
     from trade_in t join seller s on s.id = t.seller_id where t.id = $1`,
    [tradeInId],
  );
  if (found?.identitySealed) return { identityKey: found.identityKey, identitySealed: found.identitySealed };
  throw new NotFound('Who sold was erased when its time was over.');
}

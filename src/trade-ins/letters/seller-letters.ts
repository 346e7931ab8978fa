import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MailSeal, queueMail, type SealedMail } from '../../events/mail/mail-queue.js';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { oneByOne } from '../../platform/one-by-one.js';
import { LetterSources, TOLD, type UntoldTrade } from './letter-sources.js';
import { letterOf } from './letter-words.js';

/** Of what nobody is written to about, it is only noted that it stands so. */
const PASS_OVER = `
  update trade_in set told_status = status
  where id in (select t.id from trade_in t where t.told_status is distinct from t.status and not ${TOLD}
               order by t.id limit 500 for no key update skip locked)`;

const MARK = `
  update trade_in set told_status = status
  where id = $1 and status = $2 and told_status is distinct from status returning id`;

/**
 * Writes to sellers who gave an address how their trade-in goes. The mark and the queued mail are one transaction, so that
 * each state is told once, whichever process comes first and wherever one ends.
 */
@Injectable()
export class SellerLetters implements OnModuleInit {
  constructor(
    private readonly acts: Acts,
    private readonly sources: LetterSources,
    private readonly mail: MailSeal,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('letters to sellers', (stopping) => this.round(stopping));
  }

  private async round(stopping: () => boolean): Promise<void> {
    await this.acts.transaction((tx) => tx.query(PASS_OVER));
    const untold = await this.sources.untold();
    await oneByOne(untold, { stopping, cannot: 'a seller cannot be written to' }, async (trade) => {
      const letter = await this.letterTo(trade);
      await this.acts.transaction((tx) => send(tx, trade, letter));
    });
  }

  /** @returns nothing for a seller who gave no address, or whose identity was erased when its time was over */
  private async letterTo(trade: UntoldTrade): Promise<SealedMail | undefined> {
    const { email, language = 'en' } = await this.sources.sellerOf(trade);
    if (email === undefined) return undefined;
    const reasons = await this.sources.wordsFor(trade.reasons, language);
    return this.mail.sealed({ to: email, ...letterOf({ ...trade, language, reasons }) });
  }
}

async function send(tx: EntityManager, { id, status }: UntoldTrade, letter: SealedMail | undefined): Promise<void> {
  const [marked]: [unknown[], number] = await tx.query(MARK, [id, status]);
  if (marked.length && letter) await queueMail(tx, letter);
}

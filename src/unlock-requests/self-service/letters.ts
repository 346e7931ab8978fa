import { Inject, Injectable } from '@nestjs/common';
import { MailSeal, type SealedMail } from '../../events/mail/mail-queue.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import type { Reason } from '../eligibility/reasons.js';
import type { ToldState } from '../requests/notices.js';
import type { Language } from '../../values/language.js';
import { reasonWords } from '../words/reason-words.js';
import { dateWords, LETTERS } from './letter-words.js';

/** Whom a letter is for. */
export interface Addressee {
  to: string;
  language: Language;
  number: string;
}

/** What a letter about a decision tells. */
export interface News {
  status: ToldState;
  ending: string;
  reasons: readonly Reason[];
  nextEligibleAt: Date | null;
}

export const CODE_MINUTES = 10;

/** Mails to customers, sealed. What a link holds stands behind its `#`: it never reaches a server or its log. */
@Injectable()
export class Letters {
  constructor(
    private readonly mail: MailSeal,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  confirm({ to, language, number }: Addressee, token: string, until: Date): Promise<SealedMail> {
    const facts = { number, link: this.link(`confirm=${token}`), until: dateWords(until, language) };
    return this.mail.sealed({ to, usefulUntil: until, ...LETTERS[language].confirm(facts) });
  }

  open({ to, language, number }: Addressee, accessToken: string): Promise<SealedMail> {
    return this.mail.sealed({
      to,
      ...LETTERS[language].open({ number, link: this.link(`open=${number}.${accessToken}`) }),
    });
  }

  oneTimeCode({ to, language, number }: Addressee, code: string, until: Date): Promise<SealedMail> {
    const letter = LETTERS[language].oneTimeCode({ number, code, minutes: CODE_MINUTES });
    return this.mail.sealed({ to, usefulUntil: until, ...letter });
  }

  news({ to, language, number }: Addressee, { status, ending, reasons, nextEligibleAt }: News): Promise<SealedMail> {
    const told = status === 'DENIED' || status === 'AWAITING_DOCUMENTS' ? reasons : [];
    const words = told.map((code) => reasonWords(code, language)).map(({ title, remedy }) => `${title} ${remedy}`);
    const from = status === 'DENIED' && nextEligibleAt ? dateWords(nextEligibleAt, language) : null;
    const facts = { number, link: this.link(`number=${number}`), status, ending, reasons: words, from };
    return this.mail.sealed({ to, ...LETTERS[language].told(facts) });
  }

  private link(fragment: string): string {
    const { PUBLIC_URL, HOST, PORT } = this.settings;
    const own = `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${PORT}`;
    return `${(PUBLIC_URL || own).replace(/\/+$/, '')}/unlock#${fragment}`;
  }
}

import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { queueMail } from '../../events/mail/mail-queue.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { moment } from '../../values/views.js';
import type { RevealedCodeView } from '../codes/reveal.view.js';
import { UnlockReveals } from '../codes/reveals.service.js';
import { Caps } from '../caps/caps.service.js';
import { UnlockContacts } from '../requests/contacts.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import { Door } from './door.js';
import { CODE_MINUTES, Letters } from './letters.js';
import { newOneTimeCode } from './proofs.js';
import type { OwnUnlockDto, RevealOwnCodeDto } from './self-service.dto.js';
import { NothingToShow, OneTimeCodeWrong } from './self-service.errors.js';
import type { SentCodeView } from './status.view.js';

const TRIES = 5;

/** Mails to the contact of a request, whose address is opened only here. */
@Injectable()
export class ContactMail {
  constructor(
    private readonly contacts: UnlockContacts,
    private readonly letters: Letters,
  ) {}

  async oneTimeCode(request: UnlockRequest, code: string, until: Date) {
    const to = await this.contacts.opened({ sealed: request.contactSealed!, hash: request.contactHash! });
    return this.letters.oneTimeCode({ to, language: request.language, number: request.number }, code, until);
  }
}

/** The second proof before a code is shown: six digits sent to the contact, for ten minutes, for five tries. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly acts: Acts,
    private readonly caps: Caps,
    private readonly door: Door,
    private readonly mail: ContactMail,
  ) {}

  /** Sends a code; the one sent before is void. @throws NotFound, TooManyRequests, NothingToShow */
  async send(call: Call, form: OwnUnlockDto): Promise<SentCodeView> {
    const request = await this.door.byPair(call.caller, form);
    needCode(request);
    await this.caps.spendFor(call, { REQUEST: request.id }, 'SEND_CODE');
    const until = new Date(Date.now() + CODE_MINUTES * 60_000);
    const code = newOneTimeCode();
    const letter = await this.mail.oneTimeCode(request, code, until);
    return this.acts.once(call, async (tx) => {
      await tx.query(
        `insert into unlock_one_time_code (request_id, code_hash, tries_left, expires_at) values ($1, $2, $3, $4)
         on conflict (request_id) do update
         set code_hash = excluded.code_hash, tries_left = excluded.tries_left, expires_at = excluded.expires_at`,
        [request.id, this.door.codeHash(request.id, code), TRIES, until],
      );
      await queueMail(tx, letter);
      return { until: moment(until) };
    });
  }

  /**
   * Takes a code, once. Each try is counted before it is looked at, also one that is refused.
   * @throws NotFound, TooManyRequests, OneTimeCodeWrong
   */
  async redeem(call: Call, form: RevealOwnCodeDto): Promise<UnlockRequest> {
    const request = await this.door.byPair(call.caller, form);
    if (await this.acts.isKnown(call)) return request;
    needCode(request);
    await this.caps.spend({ REQUEST: request.id }, 'ONE_TIME_CODE');
    const [[tried]] = await this.acts.transaction<[{ code_hash: Buffer; tries_left: number }[], number]>((tx) =>
      tx.query(
        `update unlock_one_time_code set tries_left = tries_left - 1
         where request_id = $1 and tries_left > 0 and expires_at > now() returning code_hash, tries_left`,
        [request.id],
      ),
    );
    const given = this.door.codeHash(request.id, form.oneTimeCode);
    if (!tried || !timingSafeEqual(given, tried.code_hash)) throw wrongCode(tried?.tries_left ?? 0);
    await this.use(request.id, tried.code_hash);
    return request;
  }

  /** Of two who have the right code at once, one uses it. */
  private async use(id: string, hash: Buffer): Promise<void> {
    const [, used] = await this.acts.transaction<[unknown[], number]>((tx) =>
      tx.query('delete from unlock_one_time_code where request_id = $1 and code_hash = $2', [id, hash]),
    );
    if (!used) throw wrongCode(0);
  }
}

const wrongCode = (triesLeft: number): OneTimeCodeWrong => {
  const detail = triesLeft ? 'Look at the latest mail and type the six digits.' : 'Have a new code sent.';
  return new OneTimeCodeWrong(detail, { triesLeft }, [{ in: 'body', pointer: '/oneTimeCode', code: 'WRONG', detail }]);
};

/** @throws NothingToShow */
function needCode({ status, method, contactSealed }: UnlockRequest): void {
  if (status === 'ACTION_REQUIRED' && method === 'CODE' && contactSealed) return;
  throw new NothingToShow('Look at the status of the request: it says what comes next.', { state: status });
}

/** Showing the unlock code itself: on the page, never in a mail. */
@Injectable()
export class OwnReveals {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly reveals: UnlockReveals,
  ) {}

  /** @throws NotFound, TooManyRequests, OneTimeCodeWrong, NothingToShow, WrongState, HandsetBlocked, CodeShown */
  async reveal(call: Call, form: RevealOwnCodeDto): Promise<RevealedCodeView> {
    const { id, imei14, number } = await this.codes.redeem(call, form);
    const whom = { purpose: 'Asked for by the confirmed contact', to: `contact of ${number}` };
    return this.reveals.show(call, id, { ...whom, imei14 });
  }
}

import { Injectable } from '@nestjs/common';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { queueMail, type SealedMail } from '../../events/mail/mail-queue.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { newId } from '../../values/id.js';
import { newShortNumber, readShortNumber } from '../../values/short-number.js';
import { moment } from '../../values/views.js';
import { Caps } from '../caps/caps.service.js';
import { askedImei } from '../requests/asked-imei.js';
import { type SealedContact, UnlockContacts } from '../requests/contacts.js';
import { mailKey } from '../../values/email.js';
import { moveRequest } from '../requests/moves.js';
import { UnlockRequest } from '../requests/unlock-request.entity.js';
import type { UnlockState } from '../requests/unlock-request.lifecycle.js';
import { Letters } from './letters.js';
import { newToken, tokenHash } from './proofs.js';
import type { ResendUnlockDto, SubmitUnlockDto } from './self-service.dto.js';
import type { ResentUnlockView, SubmittedUnlockView } from './status.view.js';
import { StrangerTerms } from './stranger-terms.js';

const TRIES = 3;

/** Counts a stranger's request, and tells until when it has to be confirmed. */
@Injectable()
export class SubmissionGate {
  constructor(
    private readonly caps: Caps,
    private readonly terms: StrangerTerms,
  ) {}

  /** @throws TooManyRequests, SourceSuspended */
  async pass(call: Call, email: string, imei14: string): Promise<Date> {
    const keys = { SOURCE: call.caller.subject, CONTACT: mailKey(email), IMEI: imei14 };
    await this.caps.spendFor(call, keys, 'SUBMIT');
    await this.terms.needWelcome(call, imei14);
    return this.terms.confirmBy();
  }

  /** @throws TooManyRequests */
  async passAgain(call: Call, email: string): Promise<Date> {
    await this.caps.spendFor(call, { SOURCE: call.caller.subject, CONTACT: mailKey(email) }, 'RESEND');
    return this.terms.confirmBy();
  }
}

/** Requests of strangers. Nothing is looked up about the handset, so that no answer tells whether it is known. */
@Injectable()
export class Submissions {
  constructor(
    private readonly acts: Acts,
    private readonly gate: SubmissionGate,
    private readonly contacts: UnlockContacts,
    private readonly letters: Letters,
  ) {}

  /** Takes a request; it does nothing until it is confirmed. @throws InvalidInput, TooManyRequests, SourceSuspended */
  async submit(call: Call, form: SubmitUnlockDto): Promise<SubmittedUnlockView> {
    const imei14 = askedImei(form.identifier);
    const confirmBy = await this.gate.pass(call, form.email, imei14);
    const [number, token] = [newShortNumber(), newToken()];
    const contact = await this.contacts.sealed(form.email);
    const whom = { to: form.email.trim(), language: form.language ?? 'en', number };
    const letter = await this.letters.confirm(whom, token, confirmBy);
    const asked = { ...form, imei14, number, token, confirmBy, contact };
    return untilAlone(() =>
      this.acts.once(call, async (tx) => {
        await replaceEarlier(tx, call, asked);
        await insertPending(tx, call, asked);
        await queueMail(tx, letter);
        return { number, confirmBy: moment(confirmBy) };
      }),
    );
  }

  /**
   * Sends a new link: to confirm a request that waits for that, to open one that was confirmed. Links sent before
   * open nothing any more. The answer is the same whether there is such a request or not.
   * @throws TooManyRequests
   */
  async resend(call: Call, { number: written, email }: ResendUnlockDto): Promise<ResentUnlockView> {
    const until = await this.gate.passAgain(call, email);
    const read = readShortNumber(written);
    const number = typeof read === 'string' ? read : '';
    const hash = this.contacts.hash(email);
    const known = await this.acts.transaction((tx) => tx.findOneBy(UnlockRequest, { number, contactHash: hash }));
    const renewal = known && (await this.renewal(known, email.trim(), until));
    return this.acts.once(call, async (tx) => {
      if (renewal) await renew(tx, renewal);
      return { number: written };
    });
  }

  /** Sealed before the transaction, which must not wait for a second connection. */
  private async renewal(request: UnlockRequest, to: string, until: Date): Promise<Renewal | undefined> {
    const { id, number, language, status, confirmBy, receivedAt } = request;
    const token = newToken();
    const whom = { to, language, number };
    if (status === 'PENDING_CONFIRMATION' && confirmBy!.getTime() > Date.now()) {
      const change = { confirmHash: tokenHash(token), confirmBy: until };
      return { where: { id, status }, change, letter: await this.letters.confirm(whom, token, until) };
    }
    if (!receivedAt) return undefined;
    return { where: { id }, change: { accessHash: tokenHash(token) }, letter: await this.letters.open(whom, token) };
  }
}

/** A new secret for a request, and the mail that tells it. */
interface Renewal {
  where: { id: string; status?: UnlockState };
  change: { accessHash: Buffer } | { confirmHash: Buffer; confirmBy: Date };
  letter: SealedMail;
}

async function renew(tx: EntityManager, { where, change, letter }: Renewal): Promise<void> {
  const { affected } = await tx.update(UnlockRequest, where, change);
  if (affected) await queueMail(tx, letter);
}

interface Asked extends Omit<SubmitUnlockDto, 'identifier' | 'email'> {
  imei14: string;
  number: string;
  token: string;
  confirmBy: Date;
  contact: SealedContact;
}

/** A new request of the same contact for the same handset stands in for the one before. */
async function replaceEarlier(tx: EntityManager, call: Call, { imei14, contact }: Asked): Promise<void> {
  // Many at once wait for each other here rather than clash: what decides is the index on requests that wait.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [imei14 + contact.hash.toString('hex')]);
  const earlier = await tx.findOne(UnlockRequest, {
    where: { deviceImei14: imei14, contactHash: contact.hash, status: 'PENDING_CONFIRMATION' },
    lock: { mode: 'for_no_key_update' },
  });
  if (earlier) await lapse(tx, call, earlier, 'Replaced by a new request');
}

/** Nobody confirmed it: whose address it was is forgotten. */
export const lapse = (
  tx: EntityManager,
  by: Parameters<typeof moveRequest>[1],
  request: Pick<UnlockRequest, 'id' | 'status'>,
  reason: string,
): Promise<UnlockRequest> =>
  moveRequest(tx, by, request, 'lapse', { reason, also: { contactSealed: null, contactHash: null } });

async function insertPending(tx: EntityManager, call: Call, asked: Asked): Promise<void> {
  const id = newId();
  const { imei14, number, contact } = asked;
  await tx.insert(UnlockRequest, {
    ...{ id, number, kind: 'OUTBOUND', scope: asked.scope ?? 'PERMANENT', channel: 'WEB' },
    ...{ status: 'PENDING_CONFIRMATION', imei14, deviceImei14: imei14, madeBy: call.actor, disclosure: 'HOLDER' },
    ...{ contactSealed: contact.sealed, contactHash: contact.hash, language: asked.language ?? 'en' },
    ...{ confirmHash: tokenHash(asked.token), confirmBy: asked.confirmBy },
    ...{ alternative: asked.alternative ?? null, exemption: asked.exemption ?? null },
  });
  const subject = { subjectKind: 'unlock-request', subjectId: id, act: 'submit', to: 'PENDING_CONFIRMATION' };
  await recordAct(tx, call, { ...subject, details: { scope: asked.scope ?? 'PERMANENT' } });
}

/** Two of the same contact for the same handset at once: the later one finds the other, and replaces it. */
async function untilAlone<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (failed) {
      if (tried === TRIES || !isPendingClash(failed)) throw failed;
    }
  }
}

const isPendingClash = (failed: unknown): boolean =>
  failed instanceof QueryFailedError &&
  (failed.driverError as { constraint?: string }).constraint === 'unlock_request_pending_key';

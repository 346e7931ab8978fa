import type { EntityManager } from 'typeorm';
import { momentOrNull } from '../../values/views.js';
import type { CheckedRule } from '../eligibility/evaluate.js';
import type { Parameters } from '../eligibility/rule.js';
import type { UnlockState } from '../requests/unlock-request.lifecycle.js';
import type { Language } from '../../values/language.js';
import { readRequest } from '../requests/unlock-requests.query.js';
import type { UnlockRequestView } from '../requests/unlock-request.view.js';
import { codeWords, sentence } from '../words/check-texts.js';
import { checkWords } from '../words/check-words.js';
import { reasonsInWords } from '../words/reason-words.js';
import { seenWords } from '../words/seen-words.js';
import { type NextStep, nextWords, stateWords } from './next-words.js';
import type { CheckInWordsView, NextStepView, OWN_ACTS, UnlockStatusView } from './status.view.js';

interface More {
  imei14: string;
  disclosure: 'OWNER' | 'HOLDER';
  confirmBy: Date | null;
  documentsBy: Date | null;
  checks: CheckedRule[] | null;
  codeWaiting: boolean;
  codesShown: number;
  documents: string[] | null;
}

const MORE = `
  select r.imei14, r.disclosure, r.confirm_by as "confirmBy", r.documents_by as "documentsBy",
         (select checks from unlock_decision where request_id = r.id order by id desc limit 1) as checks,
         exists (select from unlock_code c join unlock_code_batch b on b.id = c.batch_id and b.status = 'APPROVED'
                 where c.device_imei14 in (r.imei14, r.device_imei14) and c.status = 'HELD'
                   and not exists (select from unlock_code_reveal where request_id = r.id and code_id = c.id))
           as "codeWaiting",
         (select count(*)::int from unlock_code_reveal where request_id = r.id) as "codesShown",
         (select h.details -> 'documents' from history h
          where h.subject_kind = 'unlock-request' and h.subject_id = r.id and h.act = 'askDocuments'
          order by h.id desc limit 1) as documents
  from unlock_request r where r.id = $1`;

/** Everything there is to tell about a request, in its own language. */
export async function readStatus(db: Pick<EntityManager, 'query'>, id: string): Promise<UnlockStatusView> {
  const request = await readRequest(db, id);
  const [more]: More[] = await db.query(MORE, [id]);
  return statusView(request, more!);
}

function statusView(request: UnlockRequestView, more: More): UnlockStatusView {
  const { number, scope, reasons, nextEligibleAt, method, attemptsLeft, clock, appealBy } = request;
  const language = request.language as Language;
  const status = request.status as UnlockState;
  const codeWaiting = more.codeWaiting && status === 'ACTION_REQUIRED' && method === 'CODE';
  const policy = request.decision?.policy ?? null;
  return {
    ...{ number, status, statusText: stateWords(status, language), scope, language },
    imeiEnding: request.imei.slice(-4),
    reasons: reasonsInWords(reasons, language),
    checks: (more.checks ?? []).map((check) => checkView(check, language, more.disclosure === 'OWNER')),
    nextEligibleAt,
    policy: policy && { code: policy.code, effectiveFrom: policy.effectiveFrom },
    next: nextOf(request, more, language),
    ...{ method, codeWaiting, codesShown: more.codesShown, attemptsLeft, clock, appealBy },
    documents: documentsAsked(status, more.documents, language),
    possible: possible(request, codeWaiting),
  };
}

/** The values are for the account's own only; the rules and what came of them are for whoever has the handset. */
function checkView(checked: CheckedRule, language: Language, whole: boolean): CheckInWordsView {
  const { check, parameters, outcome, reason, seen, passesFrom, identifier } = checked;
  return {
    ...{ check, rule: sentence(checkWords(check, parameters as Parameters, language)), outcome, reason },
    ...{ seen: whole && seen !== null ? seenWords(seen, language) : null, passesFrom, identifier },
  };
}

const documentsAsked = (status: UnlockState, documents: readonly string[] | null, language: Language) =>
  (status === 'AWAITING_DOCUMENTS' ? (documents ?? []) : []).map((type) => ({ type, text: codeWords(type, language) }));

function possible({ possibleActs, appealBy, status }: UnlockRequestView, codeWaiting: boolean) {
  const may: Record<(typeof OWN_ACTS)[number], boolean> = {
    HAND_IN_DOCUMENT: status === 'AWAITING_DOCUMENTS',
    NOTE_ATTEMPTS: status === 'ACTION_REQUIRED',
    REVEAL: codeWaiting,
    REPORT: status === 'ACTION_REQUIRED',
    APPEAL: appealBy !== null && Date.parse(appealBy) > Date.now(),
    CANCEL: possibleActs.includes('cancel'),
  };
  return Object.keys(may).filter((act) => may[act as keyof typeof may]);
}

const STAGES: Readonly<Record<string, NextStep>> = {
  AWAITING_CODE: 'WAIT_FOR_CODE',
  OEM_SUBMITTED: 'WAIT_FOR_MAKER',
  OTA_PUSHED: 'WAIT_FOR_NETWORK',
};

function nextOf(request: UnlockRequestView, more: More, language: Language): NextStepView {
  const [step, by] = stepOf(request, more);
  return { step, by, text: nextWords(step, language) };
}

function stepOf({ status, clock, stage, nextEligibleAt }: UnlockRequestView, more: More): [NextStep, string | null] {
  const { respondBy, resolveBy, respondedAt } = clock;
  switch (status as UnlockState) {
    case 'PENDING_CONFIRMATION':
      return ['CONFIRM', momentOrNull(more.confirmBy)];
    case 'RECEIVED':
    case 'EVALUATING':
      return ['WAIT_FOR_ANSWER', respondBy];
    case 'AWAITING_DOCUMENTS':
      return ['HAND_IN_DOCUMENT', momentOrNull(more.documentsBy)];
    case 'UNDER_REVIEW':
      return ['WAIT_FOR_REVIEW', respondedAt === null ? respondBy : resolveBy];
    case 'APPROVED':
      return ['WAIT_FOR_UNLOCK', resolveBy];
    case 'FULFILLING':
      return [STAGES[stage ?? ''] ?? 'WAIT_FOR_UNLOCK', resolveBy];
    case 'ACTION_REQUIRED':
      return [more.codesShown > 0 && !more.codeWaiting ? 'TELL_US' : 'ENTER_CODE', null];
    case 'CODE_FAILED':
    case 'FULFILMENT_FAILED':
      return ['WAIT_FOR_US', resolveBy];
    case 'DENIED':
      return nextEligibleAt ? ['ASK_AGAIN_FROM', nextEligibleAt] : ['MEND_AND_ASK_AGAIN', null];
    case 'COMPLETED':
    case 'COMPLETED_UNVERIFIED':
      return ['USE_OTHER_SIM', null];
    case 'REVOKED':
      return ['CALL_US', null];
    case 'CANCELLED':
      return ['NOTHING', null];
    case 'EXPIRED':
    case 'CLOSED_NO_RESPONSE':
      return ['ASK_AGAIN', null];
  }
}

import type { ReasonTexts } from './reason-texts.js';

const WAIT = 'You can ask again from the date shown.';
const CALL = 'Please call customer care; they can tell you more.';

export const REASONS_IN_ENGLISH: ReasonTexts = {
  IMEI_INVALID: ['This is not an IMEI.', 'Dial *#06# on the handset and type the 15 digits it shows.'],
  IMEI_NOT_RECOGNISED: [
    'We do not know this handset.',
    'Compare the IMEI with the label of the handset; it may belong to another carrier.',
  ],
  DEVICE_NOT_SOLD_BY_US: [
    'We did not sell this handset, so its lock is not ours.',
    'Ask whoever sold it, or the carrier it was made for.',
  ],
  ALREADY_UNLOCKED: ['The handset is not locked.', 'Put in the SIM card of the other network and switch it on.'],
  NOT_UNLOCKABLE: [
    'This handset cannot be unlocked any more.',
    'A repair centre may help; you can also ask us about a trade-in.',
  ],
  UNLOCK_ATTEMPTS_EXHAUSTED: [
    'The handset takes no further codes: every try has been used.',
    'Only the maker can help now. Do not enter any more codes.',
  ],
  DEVICE_BLOCKED_LOST_STOLEN: [
    'The handset is reported lost or stolen.',
    'Whoever reported it has to take the report back.',
  ],
  DEVICE_BLOCKED_FRAUD: ['The handset is blocked because of how it was obtained or not paid for.', CALL],
  DEVICE_BLOCKED_COURT_ORDER: ['We may not unlock this handset at present.', CALL],
  DEVICE_BLOCKED_FAULTY: ['The handset is listed as faulty.', 'Bring it to a store to have it looked at.'],
  CLAIM_ON_DEVICE: [
    'Somebody else has a claim on this handset.',
    'Settle it with whoever has the claim, such as the lender or the owner.',
  ],
  REGISTRY_UNAVAILABLE: [
    'The registry of lost and stolen handsets does not answer.',
    'You need do nothing: we ask it again by ourselves.',
  ],
  BILLING_UNAVAILABLE: ['Our billing does not answer.', 'You need do nothing: we ask it again by ourselves.'],
  LINE_NOT_KNOWN: [
    'We do not know on which line the handset was used.',
    'Use the handset with its SIM card, or ask from the account it belongs to.',
  ],
  BALANCE_REMAINING: ['The handset is not paid for in full.', 'Pay what is left, then ask again.'],
  PAYMENT_SETTLEMENT_HOLD: ['Your last payment has not settled yet.', WAIT],
  CONTRACT_NOT_COMPLETE: [
    'The service contract has not ended.',
    'You can ask again once it has, or once the fee for ending it early is paid.',
  ],
  ACCOUNT_PAST_DUE: ['Something on the account is overdue.', 'Pay what is overdue, then ask again.'],
  ACCOUNT_NOT_ACTIVE: ['The account is not active.', 'Have it activated again, then ask again.'],
  ACCOUNT_NOT_GOOD_STANDING: ['The account is not in good standing.', 'Settle what is open on it, then ask again.'],
  MIN_SERVICE_NOT_MET: ['The handset has not been in service on our network for long enough.', WAIT],
  MIN_PAID_SERVICE_NOT_MET: [
    'Service has not been paid for long enough.',
    'Keep the service paid; days without paid service do not count.',
  ],
  MONTHLY_PAYMENTS_NOT_MET: ['Too few monthly payments have been made.', 'Ask again after the next ones.'],
  TOO_SOON_AFTER_PURCHASE: ['The handset was bought too recently.', WAIT],
  REFILL_THRESHOLD_NOT_MET: ['The line was not refilled by enough in all.', 'Refill what is missing, then ask again.'],
  NO_NETWORK_USAGE: [
    'Our network has not seen this handset in use.',
    'Use it with our SIM card, make a call, then ask again.',
  ],
  ACTIVE_ON_OTHER_ACCOUNT: [
    'The handset is in use on another account.',
    'The owner of that account has to ask for the unlock.',
  ],
  EARLY_UPGRADE_WAIT: ['The handset was traded up early, which can still be undone.', WAIT],
  UNLOCK_LIMIT_REACHED: ['As many handsets as are allowed were unlocked already.', WAIT],
  COMPANY_AUTH_REQUIRED: [
    'The handset belongs to a company.',
    'Ask the person of the company who looks after the account to agree.',
  ],
  DOCUMENTS_REQUIRED: [
    'We need a document from you.',
    "Hand it in on your request's page, at a store or to customer care.",
  ],
  DOCUMENTS_REJECTED: ['The document was not accepted.', 'Hand in one that can be read and is still valid.'],
  SECOND_IMEI_FAILS: [
    'The second IMEI of the handset does not meet a rule.',
    'Look at the rules marked with identifier 2.',
  ],
  IDENTITY_NOT_CONFIRMED: ['We do not know yet that it was you who asked.', 'Open the link in our mail.'],
  DUPLICATE_REQUEST: [
    'A request for this handset is under way already.',
    'Wait for its answer, or cancel it and ask again.',
  ],
  RATE_LIMITED: ['There were too many tries.', 'Wait a while, then try again.'],
  SOURCE_SUSPENDED: ['Too many requests for the same handsets came from your connection.', 'Try again next month.'],
  FRAUD_REVIEW: ['A person has to look at this request.', 'You need do nothing: we tell you how it ends.'],
  WRONG_CHANNEL: ['This unlock is not given through this channel.', 'Ask in the way the policy names.'],
  INCOMPATIBLE_NETWORK: [
    'The handset may not work on the other network.',
    'Ask that carrier whether it supports the handset before you switch.',
  ],
  TEMPORARY_NOT_OFFERED: ['Unlocks for a while are not offered for this handset.', 'Ask for an unlock for good.'],
  POLICY_NOT_FOUND: [
    'We have to find out which rules hold for this handset.',
    'You need do nothing: a person looks at it.',
  ],
};

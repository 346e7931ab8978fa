import { refusal } from '../../platform/problem.js';

export class TradeInAlreadyOpen extends refusal(
  409,
  'TRADE_IN_ALREADY_OPEN',
  'Another trade-in of this handset is under way',
) {}
export class QuoteExpired extends refusal(409, 'QUOTE_EXPIRED', 'The time of the quote is over') {}
export class QuoteNotBought extends refusal(409, 'QUOTE_NOT_BOUGHT', 'The quote does not take this handset') {}
export class NoMoreWanted extends refusal(409, 'NO_MORE_WANTED', 'As many of these as are wanted have been taken') {}
export class SellerNotEligible extends refusal(
  409,
  'SELLER_NOT_ELIGIBLE',
  'The law does not let us buy from this seller',
) {}
export class AcceptanceRefused extends refusal(409, 'ACCEPTANCE_REFUSED', 'We cannot take this handset') {}
export class WrongHandset extends refusal(409, 'WRONG_HANDSET', 'This is not the handset that was quoted') {}
export class UnderInspection extends refusal(409, 'UNDER_INSPECTION', 'Somebody else is inspecting it') {}
export class InspectionMissing extends refusal(409, 'INSPECTION_MISSING', 'It has not been inspected yet') {}
export class OfferExpired extends refusal(409, 'OFFER_EXPIRED', 'The time to answer the offer is over') {}
export class PayoutNotCleared extends refusal(409, 'PAYOUT_NOT_CLEARED', 'Something keeps it from being paid yet') {}
export class MoreThanIsOwed extends refusal(409, 'MORE_THAN_IS_OWED', 'Less than that is owed') {}
export class TooLate extends refusal(409, 'TOO_LATE', 'The time for it has passed') {}

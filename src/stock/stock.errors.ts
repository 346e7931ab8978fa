import { refusal } from '../platform/problem.js';

export class InsufficientStock extends refusal(409, 'INSUFFICIENT_STOCK', 'Not enough free stock') {}
export class UnitReserved extends refusal(409, 'UNIT_RESERVED', 'The unit is reserved') {}
export class UnitNotAvailable extends refusal(409, 'UNIT_NOT_AVAILABLE', 'The unit cannot be taken as it stands') {}
export class UnitEncumbered extends refusal(409, 'UNIT_ENCUMBERED', 'Something bars the unit from being sold') {}
export class UnitOnHold extends refusal(409, 'UNIT_ON_HOLD', 'A legal hold keeps the unit as it is') {}
export class IdentityConflict extends refusal(409, 'IDENTITY_CONFLICT', 'The numbers are not those of one handset') {}
export class AlreadyInStock extends refusal(409, 'ALREADY_IN_STOCK', 'The unit is in stock already') {}
export class NotReadyForSale extends refusal(
  409,
  'NOT_READY_FOR_SALE',
  'The unit does not pass the gate to AVAILABLE',
) {}
export class ReservationLapsed extends refusal(409, 'RESERVATION_LAPSED', 'The reservation has run out') {}
export class ReservationAtItsLimit extends refusal(409, 'RESERVATION_AT_ITS_LIMIT', 'It cannot be held any longer') {}
export class NotSoldHere extends refusal(409, 'NOT_SOLD_HERE', 'It is not sold this way at this place') {}
export class PriceChanged extends refusal(409, 'PRICE_CHANGED', 'The price is not what the client expected') {}
export class NoPrice extends refusal(409, 'NO_PRICE', 'It has no price in this currency today') {}
export class WrongUnitScanned extends refusal(409, 'WRONG_UNIT_SCANNED', 'What was scanned is not what was sold') {}
export class RemorseWindowOver extends refusal(409, 'REMORSE_WINDOW_OVER', 'It is too late to bring it back') {}

import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, IdentifierText, ListOf, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import {
  RESERVATION_PURPOSES,
  RESERVATION_STATES,
  type ReservationPurpose,
  type ReservationState,
} from './reservation.lifecycle.js';

const MOST_LINES = 20;
const MOST_A_LINE = 1000;
/** More pieces than these no reservation holds, and so no sale. */
export const MOST_PIECES = MOST_LINES * MOST_A_LINE;

/** What to hold: so many free pieces of a SKU, or the one unit with this identifier. */
export class ReserveLineDto {
  /** The SKU of which any free unit will do. */
  @Maybe()
  @Id()
  skuId?: string;
  /** How many; 1 when left out. */
  @Maybe()
  @WholeNumber(1, MOST_A_LINE)
  quantity?: number = 1;
  /** IMEI, MEID, EID or serial number of the one unit wanted. Dial *#06# to see the IMEI. */
  @Maybe()
  @IdentifierText()
  identifier?: string;
}

export class ReserveStockDto {
  /** What the stock is held for; it decides for how long. */
  @OneOf(RESERVATION_PURPOSES, 'ReservationPurpose')
  purpose: ReservationPurpose;
  /** What is held: all of it or nothing. */
  @ListOf(() => ReserveLineDto, 1, MOST_LINES)
  lines: ReserveLineDto[];
  /** The location whose stock is held; left out, the caller's own store. */
  @Maybe()
  @Id()
  locationId?: string;
  /** The client's own reference of the customer or order. Never a name, number or address. */
  @Maybe()
  @Text(1, 100)
  customerReference?: string;
  /** Minutes to hold, when fewer than usual for the purpose. */
  @Maybe()
  @WholeNumber(1, 4320)
  minutes?: number;
}

export class ExtendReservationDto {
  /** Minutes from now; left out, as long as usual for the purpose. Never beyond the purpose's hard limit. */
  @Maybe()
  @WholeNumber(1, 4320)
  minutes?: number;
}

export class ReleaseReservationDto {
  /** Why it is no longer wanted, for the history. */
  @Maybe()
  @Text(1, 200)
  reason?: string;
}

export class ReservationParams {
  /** Id of the reservation. */
  @Id()
  id: string;
}

export class ReservationsQuery extends PageQuery {
  /** Only reservations at this location. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only reservations in this state. */
  @Maybe()
  @OneOf(RESERVATION_STATES, 'ReservationState')
  status?: ReservationState;
}

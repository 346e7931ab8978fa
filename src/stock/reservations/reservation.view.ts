import { ApiProperty } from '@nestjs/swagger';
import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import {
  RESERVATION_PURPOSES,
  RESERVATION_STATES,
  type ReservationPurpose,
  type ReservationState,
} from './reservation.lifecycle.js';

export class ReservationLineView {
  /** Number of the line within the reservation. */
  @WholeNumber(1, 32_767)
  lineNo: number;
  /** What is held. */
  @Id()
  skuId: string;
  /** The unit held; null for stock without serial numbers. */
  @Nullable()
  @Id()
  unitId: string | null;
  /** How many pieces; 1 for a unit. */
  @WholeNumber(1, 10_000)
  quantity: number;
}

export class ReservationView {
  /** Id of the reservation. */
  @Id()
  id: string;
  /** The number people are told. */
  @Text(1, 32)
  number: string;
  /** Where the stock is held. */
  @Id()
  locationId: string;
  /** What the stock is held for. */
  @OneOf(RESERVATION_PURPOSES, 'ReservationPurpose')
  purpose: ReservationPurpose;
  /** Only an ACTIVE reservation holds anything. */
  @OneOf(RESERVATION_STATES, 'ReservationState')
  status: ReservationState;
  /** Who made it, as their token names them. */
  @Text(1, 200)
  madeBy: string;
  /** The client's own reference of the customer or order, if it gave one. */
  @Nullable()
  @Text(1, 100)
  customerReference: string | null;
  /** When it was made. */
  @Moment()
  madeAt: string;
  /** When it lapses by itself. */
  @Moment()
  expiresAt: string;
  /** Beyond this it cannot be extended. */
  @Moment()
  latestExpiry: string;
  /** What is held. */
  @ApiProperty({ type: () => [ReservationLineView], maxItems: 20_000 })
  lines: ReservationLineView[];
  /** Grows with every change; the ETag names it. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class ReservationPageView {
  /** What stands on this page. */
  @ListOf(() => ReservationView, 0, 200)
  items: ReservationView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

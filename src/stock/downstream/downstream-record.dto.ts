import { PageQuery } from '../../platform/http/page.dto.js';
import { Cents, DateOnly, Id, Maybe, OneOf, Text } from '../../values/fields.js';
import { type Scheme, SCHEMES, type Stream, STREAMS } from './downstream.words.js';

/** Who takes the handset, and by what papers. */
export class SendDownstreamDto {
  /** Who takes it. */
  @Text(1, 200)
  vendor: string;
  /** By which scheme they are certified; a recycler must be. */
  @OneOf(SCHEMES, 'DownstreamScheme')
  scheme: Scheme;
  /** Number of their certificate; needed with a scheme. */
  @Maybe()
  @Text(1, 100)
  certificate?: string;
  /** The day it leaves. */
  @DateOnly()
  leftOn: string;
  /** The manifest, invoice or waste transfer note. */
  @Text(1, 200)
  documentReference: string;
  /** Number of the sealed bag; needed while data may be on it. */
  @Maybe()
  @Text(1, 100)
  sealedBag?: string;
  /** What it brings, in minor units of the currency it was paid for in. */
  @Maybe()
  @Cents()
  proceedsMinor?: number;
}

export class DownstreamRecordParams {
  /** Id of the record. */
  @Id()
  id: string;
}

export class ListDownstreamRecordsQuery extends PageQuery {
  /** Only records of this location. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only records of this stream. */
  @Maybe()
  @OneOf(STREAMS, 'DownstreamStream')
  stream?: Stream;
}

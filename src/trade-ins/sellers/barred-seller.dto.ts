import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, Maybe, QueryFlag, Text } from '../../values/fields.js';

export class ReadSellerDto {
  /** What it is needed for; it stands in the audit. */
  @Text(3, 500)
  purpose: string;
}

export class BarSellerDto {
  /** A trade-in of theirs. */
  @Id()
  tradeInId: string;
  /** Why nothing is bought from them any more. */
  @Text(3, 500)
  reason: string;
}

export class LiftBarDto {
  /** Why they may sell again. */
  @Text(3, 500)
  reason: string;
}

export class BarredSellerParams {
  /** The entry. */
  @Id()
  id: string;
}

export class BarredSellersQuery extends PageQuery {
  /** Only entries that stand, or only those that were lifted. */
  @Maybe()
  @QueryFlag()
  lifted?: boolean;
}

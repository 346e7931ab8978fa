import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, Instant, Maybe } from '../../values/fields.js';

export class ListOnHandQuery extends PageQuery {
  /** The location; left out, the caller's own store. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only this SKU. */
  @Maybe()
  @Id()
  skuId?: string;
  /** The instant asked about; left out, the present. Give it with every page, so that all pages tell of one instant. */
  @Maybe()
  @Instant()
  at?: string;
}

export class ListStockMovementsQuery extends PageQuery {
  /** Only movements at this location. This or `unitId` is needed by callers without a store of their own. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only movements of this SKU. */
  @Maybe()
  @Id()
  skuId?: string;
  /** Only movements of this unit. */
  @Maybe()
  @Id()
  unitId?: string;
  /** Only movements at this instant or after. */
  @Maybe()
  @Instant()
  from?: string;
  /** Only movements before this instant. */
  @Maybe()
  @Instant()
  to?: string;
}

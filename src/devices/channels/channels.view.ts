import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, ListOfChoices, Nullable } from '../../values/fields.js';
import { type Channel, CHANNELS } from './channels.js';

export class SkuChannelsView {
  /** The location they are for; null for everywhere that has none of its own. */
  @Nullable()
  @Id()
  locationId: string | null;
  /** How customers can come by the SKU there. */
  @ListOfChoices(CHANNELS, 'Channel')
  channels: Channel[];
}

export class SkuChannelsPageView {
  /** How customers can come by the SKU everywhere that has no channels of its own. */
  @ListOfChoices(CHANNELS, 'Channel')
  everywhere: Channel[];
  /** Locations with channels of their own. */
  @ListOf(() => SkuChannelsView, 0, 200)
  items: SkuChannelsView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

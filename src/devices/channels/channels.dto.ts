import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, ListOfChoices, Maybe } from '../../values/fields.js';
import { type Channel, CHANNELS } from './channels.js';

export class ListSkuChannelsQuery extends PageQuery {}

export class SetSkuChannelsDto {
  /** The location that has its own; left out, for everywhere that has none of its own. A caller bound to a store names it. */
  @Maybe()
  @Id()
  locationId?: string;
  /** How customers can come by it; empty for not at all. */
  @ListOfChoices(CHANNELS, 'Channel')
  channels: Channel[];
}

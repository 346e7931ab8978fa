import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type Channel, CHANNELS } from './channels.js';

@Entity('sku_channel')
@Check('sku_channel_channels_ck', `channels <@ array[${CHANNELS.map((channel) => `'${channel}'`).join(', ')}]`)
@Index('sku_channel_everywhere_key', ['skuId'], { unique: true, where: 'location_id is null' })
@Index('sku_channel_location_key', ['skuId', 'locationId'], { unique: true, where: 'location_id is not null' })
export class SkuChannel {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'sku_channel_pk' })
  id: string;
  @ForeignKey('Sku', 'id', { name: 'sku_channel_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  /** Null: everywhere that has no line of its own. */
  @ForeignKey('StockLocation', 'id', { name: 'sku_channel_location_fk' })
  @Column({ name: 'location_id', type: 'uuid', nullable: true })
  locationId: string | null;
  @Column({ name: 'channels', type: 'text', array: true })
  channels: Channel[];
}

import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { LOCATION_KINDS, type LocationKind, OPENING_STATES, type OpeningState } from './stock-location.lifecycle.js';

@Entity('stock_location')
@Unique('stock_location_code_key', ['code'])
@Check('stock_location_kind_ck', oneOf('kind', LOCATION_KINDS))
@Check('stock_location_opening_ck', oneOf('opening_state', OPENING_STATES))
@Check(
  'stock_location_placed_ck',
  `(latitude is null) = (longitude is null) and (latitude is not null or kind = 'IN_TRANSIT')`,
)
@Check('stock_location_place_ck', 'latitude between -90 and 90 and longitude between -180 and 180')
@Check('stock_location_remorse_ck', 'remorse_days between 0 and 365')
@Index('stock_location_place_ix', ['latitude', 'longitude'])
export class StockLocation {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'stock_location_pk' })
  id: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'kind', type: 'text' })
  kind: LocationKind;
  @Column({ name: 'name', type: 'text' })
  name: string;
  @Column({ name: 'street', type: 'text' })
  street: string;
  @Column({ name: 'city', type: 'text' })
  city: string;
  @Column({ name: 'region', type: 'text' })
  region: string;
  @Column({ name: 'postcode', type: 'text' })
  postcode: string;
  @Column({ name: 'country', type: 'text' })
  country: string;
  @Column({ name: 'latitude', type: 'double precision', nullable: true })
  latitude: number | null;
  @Column({ name: 'longitude', type: 'double precision', nullable: true })
  longitude: number | null;
  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;
  @Column({ name: 'opening_state', type: 'text' })
  openingState: OpeningState;
  @Column({ name: 'remorse_days', type: 'smallint' })
  remorseDays: number;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

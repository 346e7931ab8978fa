import { Code, ListOf, Nullable, OneOf, Text } from '../../values/fields.js';
import { BAND_USES } from './network-band.entity.js';
import { BAND_NAME } from './network-bands.dto.js';

export class NetworkBandView {
  /** The band. */
  @Code(BAND_NAME, 10, 'LTE B4')
  band: string;
  /** What it carries. */
  @OneOf(BAND_USES, 'NetworkBandUse')
  carries: string;
  /** What a handset without it misses; null when nothing is said of it. */
  @Nullable()
  @Text(1, 200)
  note: string | null;
}

export class NetworkBandsView {
  /** The bands our network is on the air with. */
  @ListOf(() => NetworkBandView, 0, 60)
  items: NetworkBandView[];
}

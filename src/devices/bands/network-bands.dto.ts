import { Code, ListOf, Maybe, OneOf, Text } from '../../values/fields.js';
import { BAND_USES, type BandUse } from './network-band.entity.js';

/** As variants of handsets name their bands too. */
export const BAND_NAME = /^(GSM (850|900|1800|1900)|(UMTS|LTE) B[1-9]\d?|NR n[1-9]\d{0,2}|CDMA (800|850|1900))$/;

export class NetworkBandDto {
  /** The band. */
  @Code(BAND_NAME, 10, 'LTE B4')
  band: string;
  /** What it carries. */
  @OneOf(BAND_USES, 'NetworkBandUse')
  carries: BandUse;
  /** What a handset without it misses, such as `Indoors and outside of towns`. */
  @Maybe()
  @Text(1, 200)
  note?: string;
}

export class SetNetworkBandsDto {
  /** Every band our network is on the air with, the most important first for whoever reads the list. */
  @ListOf(() => NetworkBandDto, 0, 60)
  bands: NetworkBandDto[];
}

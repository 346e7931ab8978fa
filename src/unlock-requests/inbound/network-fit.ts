import type { NetworkBandView } from '../../devices/bands/network-bands.view.js';

/** How much of our network a handset can use. UNKNOWN when its bands, or ours, are not in the books. */
export const NETWORK_FITS = ['ALL', 'SOME', 'NONE', 'UNKNOWN'] as const;

export interface NetworkFit {
  fit: (typeof NETWORK_FITS)[number];
  /** Of our bands, those the handset has. */
  has: NetworkBandView[];
  /** Of our bands, those it lacks. */
  lacks: NetworkBandView[];
}

/** Holds the bands of a hardware variant against ours. A handset that carries no voice with us does not fit at all. */
export function networkFit(own: readonly NetworkBandView[], handset: readonly string[]): NetworkFit {
  if (!own.length || !handset.length) return { fit: 'UNKNOWN', has: [], lacks: [] };
  const has = own.filter(({ band }) => handset.includes(band));
  const lacks = own.filter(({ band }) => !handset.includes(band));
  const speaks = has.some(({ carries }) => carries === 'VOICE_AND_DATA');
  return { fit: !speaks ? 'NONE' : lacks.length ? 'SOME' : 'ALL', has, lacks };
}

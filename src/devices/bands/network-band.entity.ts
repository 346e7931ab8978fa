import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';

/** What a band carries. */
export const BAND_USES = ['VOICE_AND_DATA', 'DATA'] as const;
export type BandUse = (typeof BAND_USES)[number];

/** A radio band our network is on the air with. */
@Entity('network_band')
@Check('network_band_carries_ck', oneOf('carries', BAND_USES))
export class NetworkBand {
  @PrimaryColumn({ name: 'band', type: 'text', primaryKeyConstraintName: 'network_band_pk' })
  band: string;
  @Column({ name: 'carries', type: 'text' })
  carries: BandUse;
  @Column({ name: 'note', type: 'text', nullable: true })
  note: string | null;
  /** Its place in the list as people read it. */
  @Column({ name: 'place', type: 'smallint' })
  place: number;
}

import { Id, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { SWEEP_STATES, type SweepState } from './unlock-sweep.entity.js';

const MOST = 2_147_483_647;

export class UnlockSweepParams {
  /** The sweep. */
  @Id()
  id: string;
}

/** A walk over all devices on lines. */
export class UnlockSweepView {
  /** Its id. */
  @Id()
  id: string;
  /** Whether it is still under way. */
  @OneOf(SWEEP_STATES, 'SweepState')
  state: SweepState;
  /** Who began it; `system` for the daily one. */
  @Text(1, 200)
  askedBy: string;
  /** When it began. */
  @Moment()
  startedAt: string;
  /** When it ended; null before. */
  @Moment({ nullable: true })
  finishedAt: string | null;
  /** Devices looked at. */
  @WholeNumber(0, MOST)
  seen: number;
  /** Of them, those that may be unlocked, are not, and nobody asked for. */
  @WholeNumber(0, MOST)
  eligible: number;
  /** Of those, the ones a request was made for, under a policy that unlocks by itself. */
  @WholeNumber(0, MOST)
  requested: number;
  /** Of those, the ones whose customer is told for the first time. */
  @WholeNumber(0, MOST)
  noticed: number;
}

import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { newId } from '../../values/id.js';
import { readSweep } from './unlock-sweeps.query.js';
import type { UnlockSweepView } from './unlock-sweep.view.js';

/** Asking for a walk over all devices before its daily hour. */
@Injectable()
export class UnlockSweeps {
  constructor(private readonly acts: Acts) {}

  /** Begins a walk; one that is under way is shown instead. */
  start(call: Call): Promise<UnlockSweepView> {
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(
        `insert into unlock_sweep (id, state, asked_by) values ($1, 'RUNNING', $2)
         on conflict (state) where state = 'RUNNING' do nothing`,
        [id, call.actor],
      );
      const sweep = await readSweep(tx);
      if (sweep.id === id) await recordAct(tx, call, { subjectKind: 'unlock-sweep', subjectId: id, act: 'start' });
      return sweep;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import { needOffice } from '../sellers/office-only.js';
import { LawHolds } from './law-holds.js';
import type { PoliceReportView } from './police-report.view.js';
import { readReport } from './police-reports.query.js';

/** An authority lets a handset go before the days of the law are over. */
@Injectable()
export class EarlyReleases {
  constructor(
    private readonly acts: Acts,
    private readonly holds: LawHolds,
  ) {}

  /** What another authority asked for stays as it is. @throws NotForTills, NotFound, WrongState */
  release(call: Call, id: string, authority: string): Promise<PoliceReportView> {
    needOffice(call.caller);
    return this.acts.once(call, async (tx) => {
      const { tradeInId, locationId, register, status } = await readReport(tx, id);
      const [[released]]: [{ id: string }[], number] = await tx.query(
        `update police_report set released_at = now(), released_by = $2, release_authority = $3
         where id = $1 and released_at is null returning id`,
        [id, call.actor, authority],
      );
      if (!released) throw new WrongState('It was let go before.', { state: status, possible: [] });
      const [trade]: { unitId: string }[] = await tx.query('select unit_id as "unitId" from trade_in where id = $1', [
        tradeInId,
      ]);
      await this.holds.lock(tx, [trade!.unitId]);
      await this.holds.settle(tx, call, trade!.unitId, `Let go by ${authority}`);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in', subjectId: tradeInId, act: 'releaseHold', reason: authority, locationId },
        details: { reportId: id, register },
      });
      return readReport(tx, id);
    });
  }
}

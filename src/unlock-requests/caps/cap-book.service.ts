import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { InvalidInput } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { newId } from '../../values/id.js';
import { moment } from '../../values/views.js';
import type { Cap } from './cap-words.js';
import type { SetUnlockCapDto, UnlockAlertsQuery } from './caps.dto.js';
import { Caps } from './caps.service.js';
import type { UnlockAlertDetailsView, UnlockAlertView, UnlockCapsView, UnlockCapView } from './caps.view.js';

const ALERTS = { tag: 'unlock-alerts', shape: ['uuid'] } as const;

const SELECT_ALERT = `select id, kind, scope, encode(key_hash, 'hex') as whose, details, at from unlock_alert`;

interface AlertRow {
  id: string;
  kind: string;
  scope: string;
  whose: string;
  details: UnlockAlertDetailsView;
  at: Date;
}

/** The caps as the back office keeps them, and what they have found. */
@Injectable()
export class CapBook {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly caps: Caps,
  ) {}

  async all(): Promise<UnlockCapsView> {
    const items: Cap[] = await this.db.query(
      'select scope, action, span, soft, hard from unlock_cap order by scope, action, span',
    );
    return { items };
  }

  /** @throws InvalidInput */
  async set(call: Call, form: SetUnlockCapDto): Promise<UnlockCapView> {
    needOrder(form);
    const cap = { ...form, soft: form.soft ?? null };
    const answer = await this.acts.once(call, async (tx) => {
      const { scope, action, span, soft, hard } = cap;
      const [before]: Cap[] = await tx.query(
        'select soft, hard from unlock_cap where scope = $1 and action = $2 and span = $3 for update',
        [scope, action, span],
      );
      await tx.query(
        `insert into unlock_cap (scope, action, span, soft, hard) values ($1, $2, $3, $4, $5)
         on conflict (scope, action, span) do update set soft = excluded.soft, hard = excluded.hard`,
        [scope, action, span, soft, hard],
      );
      const details = { before: before ?? null, after: cap };
      await recordAudited(tx, call, { subjectKind: 'unlock-cap', subjectId: newId(), act: 'setUnlockCap', details });
      return cap;
    });
    this.caps.forget();
    return answer;
  }

  async alerts(query: UnlockAlertsQuery): Promise<Page<UnlockAlertView>> {
    const [before] = placeAfter(ALERTS, query) ?? [];
    const where = new Conditions()
      .only(query.kind, (place) => `kind = ${place}`)
      .only(before, (place) => `id < ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_ALERT} where ${where.toString()} order by id desc limit ${limit}`;
    const rows: AlertRow[] = await this.db.query(sql, where.parameters);
    const view = ({ at, details, ...row }: AlertRow) => ({ ...row, details: detailsView(details), at: moment(at) });
    return pageOf(rows, query, { tag: ALERTS.tag, keys: ({ id }) => [id], view });
  }
}

const detailsView = ({ action, span, most }: UnlockAlertDetailsView) => ({ action, span, most });

function needOrder({ soft, hard }: SetUnlockCapDto): void {
  if (soft === undefined || soft <= hard) return;
  const detail = 'soft must not be greater than hard';
  throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/soft', code: 'ABOVE_HARD', detail }]);
}

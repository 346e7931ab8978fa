import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import { tell } from './price-versions.service.js';

const TELL_STALE = `
  update price_book_version set stale_told_at = now()
  where id in (select id from price_book_version
    where status = 'ACTIVE' and stale_told_at is null and coalesce(effective_to > now(), true)
      and approved_at < now() - make_interval(days => stale_after_days) for update skip locked)
  returning id, code`;

const FREEZE_OLD = `
  update price_book_version
  set frozen_at = now(), frozen_by = 'system', frozen_reason = 'It is older than its prices may be', version = version + 1
  where id in (select id from price_book_version
    where status = 'ACTIVE' and frozen_at is null and coalesce(effective_to > now(), true)
      and approved_at < now() - make_interval(days => freeze_after_days) for update skip locked)
  returning id, code`;

/** What a model sells for, refurbished, now and when the version was approved: the dearest SKU of each. */
const FREEZE_DROPPED = `
  update price_book_version v
  set frozen_at = now(), frozen_by = 'system', version = v.version + 1,
      frozen_reason = 'What we sell ' || d.model || ' for has dropped by ' || d.percent || ' per cent'
  from (
    select v.id, (array_agg(m.name order by m.name))[1] as model,
           (max(100 - 100.0 * now_price.amount_minor / then_price.amount_minor))::int as percent
    from price_book_version v
    join price_book b on b.id = v.book_id
    join lateral (select distinct model_id from price_line where version_id = v.id) l on true
    join device_model m on m.id = l.model_id
    join device_variant dv on dv.model_id = m.id
    join sku s on s.variant_id = dv.id and s.condition = 'REFURBISHED'
    join lateral (select amount_minor from price where sku_id = s.id and currency = b.currency and effective_from <= v.approved_at
                  order by effective_from desc limit 1) then_price on then_price.amount_minor > 0
    join lateral (select amount_minor from price where sku_id = s.id and currency = b.currency and effective_from <= now()
                  order by effective_from desc limit 1) now_price on true
    where v.status = 'ACTIVE' and v.frozen_at is null and v.freeze_drop_percent is not null
      and coalesce(v.effective_to > now(), true)
      and now_price.amount_minor * 100 <= then_price.amount_minor * (100 - v.freeze_drop_percent)
    group by v.id
  ) d
  where v.id = d.id and v.frozen_at is null
  returning v.id, v.code`;

/** What we sell for changes a few times a day, and looking for it goes through every model of a book. */
const LOOK_AT_SALES_EVERY_MS = 600_000;

/** Sees to it that nobody buys at prices of yesterday: tells of versions grown stale, and freezes those past their time. */
@Injectable()
export class PriceWatch implements OnModuleInit {
  private lookedAtSales = 0;

  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('prices paid for handsets', () => this.round());
  }

  private async round(): Promise<void> {
    await this.tellOf(TELL_STALE, 'stale');
    await this.tellOf(FREEZE_OLD, 'freeze');
    if (Date.now() - this.lookedAtSales < LOOK_AT_SALES_EVERY_MS) return;
    this.lookedAtSales = Date.now();
    await this.tellOf(FREEZE_DROPPED, 'freeze');
  }

  private async tellOf(sql: string, act: string): Promise<void> {
    await this.acts.transaction(async (tx) => {
      const [found]: [{ id: string; code: string }[], number] = await tx.query(sql);
      for (const { id, code } of found) await tell(tx, system(newId()), id, act, { code });
    });
  }
}

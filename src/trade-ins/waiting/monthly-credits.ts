import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { newId } from '../../values/id.js';

const AT_ONCE = 500;

/**
 * Pays the months that are due, each once: who marks it posts it, in the same statement. A day begins in the zone of the
 * place. $1, $2 ids of entries and events, $3 correlation id
 */
const APPLY = `
  with due as (
    select i.credit_id, i.no, row_number() over (order by i.due_on, i.credit_id, i.no) as n
    from (
      select i.credit_id, i.no, i.due_on from credit_instalment i
      join trade_in_credit c on c.id = i.credit_id
      join trade_in t on t.id = c.trade_in_id
      join stock_location l on l.id = t.location_id
      where i.status = 'DUE' and i.due_on <= (now() + interval '15 hours')::date
        and i.due_on <= (now() at time zone l.time_zone)::date
      order by i.due_on, i.credit_id, i.no limit ${AT_ONCE} for update of i skip locked
    ) i
  ), applied as (
    update credit_instalment i set status = 'APPLIED', applied_at = now() from due
    where i.credit_id = due.credit_id and i.no = due.no
    returning i.credit_id, i.no, i.amount_minor, due.n
  ), of_trade as (
    select a.*, c.component, c.currency, c.account_id, c.tax_treatment, t.id as trade_in_id, t.location_id
    from applied a join trade_in_credit c on c.id = a.credit_id join trade_in t on t.id = c.trade_in_id
  ), posted as (
    insert into money_entry (id, trade_in_id, event, debit_account, credit_account, amount_minor, currency, component,
      credit_id, location_id, actor, correlation_id)
    select ($1::uuid[])[n], trade_in_id, 'PAYOUT_MADE',
      case component when 'PROMOTION' then 'PROMOTION_EXPENSE' else 'CUSTOMER_PAYABLE' end, 'CUSTOMER_ACCOUNT',
      amount_minor, currency, component, credit_id, location_id, 'system', $3
    from of_trade where amount_minor > 0
  ), told as (
    insert into outbox_event (id, type, aggregate_kind, aggregate_id, location_id, payload, correlation_id)
    select ($2::uuid[])[n], 'credit-memo.requested', 'trade-in', trade_in_id, location_id, jsonb_build_object(
      'creditId', credit_id, 'component', component, 'instrument', 'MONTHLY_CREDITS', 'instalment', no,
      'amountMinor', amount_minor, 'currency', currency, 'accountId', account_id,
      'taxTreatment', tax_treatment), $3
    from of_trade where amount_minor > 0
  )
  select count(*)::int as applied from applied`;

const FINISH = `
  update trade_in_credit c set status = 'PAID', ended_at = now()
  where c.status = 'CREDITING' and exists (select from credit_instalment i where i.credit_id = c.id)
    and not exists (select from credit_instalment i where i.credit_id = c.id and i.status = 'DUE')`;

/** Credits that come month by month. What fell due before the first of them comes with it. */
@Injectable()
export class MonthlyCredits implements OnModuleInit {
  constructor(
    private readonly acts: Acts,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('monthly credits', (stopping) => this.round(stopping));
  }

  private async round(stopping: () => boolean): Promise<void> {
    for (let applied = AT_ONCE; applied === AT_ONCE && !stopping();) {
      const ids = () => Array.from({ length: AT_ONCE }, newId);
      const given = [ids(), ids(), newId()];
      const [done] = await this.acts.transaction<[{ applied: number }]>((tx) => tx.query(APPLY, given));
      applied = done.applied;
    }
    await this.acts.transaction((tx) => tx.query(FINISH));
  }
}

import type { EntityManager } from 'typeorm';
import { instant } from '../../platform/statement.js';
import type { Billing, BillingFacts, BillingQuestion, DeviceRecord, LineRecord } from '../billing-facts.js';

interface Answer {
  device: DeviceRecord | null;
  line: LineRecord | null;
}

const FINANCING = `case when d.balance_minor is not null then jsonb_build_object(
  'balanceMinor', d.balance_minor, 'currency', d.currency, 'paidOffAt', ${instant('d.paid_off_at')},
  'payoffChannel', d.payoff_channel, 'paidOffEarly', d.paid_off_early, 'billClosesOn', d.bill_closes_on) end`;

/** The facts of a `device_record` row `d` by the names of the API. */
export const DEVICE_FACTS = `
  'soldByUs', d.sold_by_us, 'brand', d.brand, 'segment', d.segment, 'jurisdiction', d.jurisdiction,
  'purchasedOn', d.purchased_on, 'activatedOn', d.activated_on, 'fraudFlag', d.fraud_flag, 'financing', ${FINANCING},
  'contractEndsOn', d.contract_ends_on, 'upgradedOn', d.upgraded_on`;

/**
 * Any number of questions in one statement. What belongs to a line or an account is put together once, by the first
 * question about it, and handed to the others by a window, however many of the devices asked about are theirs: the
 * planner takes every list for a short one and would join two of them row by row. Each `lateral … limit 1` is a look-up
 * by key: without it a long list of questions makes the planner read whole tables.
 *
 * $1 devices, $2 the line asking for each, or null
 */
export const FACTS = `
  with asked as materialized (
    select q.n, q.imei14, coalesce(q.line_id, latest.line_id) as line_id
    from unnest($1::text[], $2::uuid[]) with ordinality as q (imei14, line_id, n)
    left join lateral (
      select a.line_id from line_activity a where q.line_id is null and a.imei14 = q.imei14
      order by coalesce(a.active_to, 'infinity') desc, a.active_from desc, a.line_id limit 1) latest on true
  ), lines as materialized (
    select q.n, q.imei14, q.line_id, l.account_id, l.activated_on,
      row_number() over (partition by q.line_id order by q.n) as of_line,
      row_number() over (partition by l.account_id order by q.n) as of_account
    from asked q
    left join lateral (select * from account_line where id = q.line_id limit 1) l on true
  ), accounts as materialized (
    select l.*, first_value(b.currency) over account as currency, first_value(b.facts) over account as account
    from lines l
    left join lateral (
      select b.currency, jsonb_build_object(
        'accountId', b.id, 'accountState', b.state, 'goodStanding', b.good_standing, 'pastDueMinor', b.past_due_minor,
        'openInstalmentsMinor', owed.minor, 'currency', b.currency, 'company', b.company,
        'companyAuthorised', b.company_authorised, 'customerSince', b.customer_since,
        'monthlyPayments', monthly.payments) as facts
      from billing_account b
      cross join lateral (
        select case when coalesce(bool_and(coalesce(o.currency = b.currency, false)), true)
                 then coalesce(sum(o.balance_minor), 0) end as minor
        from device_record o where o.account_id = b.id) owed
      cross join lateral (
        select count(*)::int as payments from line_payment p where p.account_id = b.id and p.kind = 'MONTHLY') monthly
      where b.id = l.account_id and l.of_account = 1 limit 1) b on true
    window account as (partition by l.account_id order by l.n)
  ), told as materialized (
    select a.n, a.imei14, a.account || jsonb_build_object(
      'lineId', a.line_id, 'lineActivatedOn', a.activated_on, 'paidService', first_value(service.periods) over line,
      'refillsMinor', first_value(refills.minor) over line) as line
    from accounts a
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('from', s.paid_from, 'to', s.paid_to) order by s.paid_from), '[]') as periods
      from paid_service s where s.line_id = a.line_id and a.of_line = 1) service on true
    left join lateral (
      select coalesce(sum(p.amount_minor), 0) as minor from line_payment p
      where p.line_id = a.line_id and p.kind = 'REFILL' and p.currency = a.currency and a.of_line = 1) refills on true
    window line as (partition by a.line_id order by a.n)
  )
  select
    case when d.imei14 is not null or activity.list is not null or usage.list is not null then jsonb_build_object(${DEVICE_FACTS},
      'activity', coalesce(activity.list, '[]'), 'usage', coalesce(usage.list, '[]')) end as device,
    q.line
  from told q
  left join lateral (select * from device_record where imei14 = q.imei14 limit 1) d on true
  left join lateral (
    select jsonb_agg(jsonb_build_object('lineId', a.line_id, 'accountId', l.account_id, 'from', a.active_from,
      'to', a.active_to) order by a.active_from, a.line_id) as list
    from line_activity a
    cross join lateral (select account_id from account_line where id = a.line_id limit 1) l
    where a.imei14 = q.imei14) activity on true
  left join lateral (
    select jsonb_agg(jsonb_build_object('lineId', u.line_id, 'firstSeenOn', u.first_seen_on,
      'lastSeenOn', u.last_seen_on) order by u.first_seen_on, u.line_id) as list
    from line_usage u where u.imei14 = q.imei14) usage on true
  order by q.n`;

/** Billing as it is kept here, filled by imports and by the back office. */
export class TableBilling implements Billing {
  constructor(private readonly db: Pick<EntityManager, 'query'>) {}

  async factsOf(questions: readonly BillingQuestion[]): Promise<BillingFacts[]> {
    if (!questions.length) return [];
    const asOf = new Date().toISOString();
    const answers: Answer[] = await this.db.query(FACTS, [
      questions.map(({ imei14 }) => imei14),
      questions.map(({ lineId }) => lineId ?? null),
    ]);
    return answers.map(({ device, line }) => ({ source: 'accounts', asOf, reachable: true, device, line }));
  }
}

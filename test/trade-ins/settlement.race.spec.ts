import { setTimeout as pause } from 'node:timers/promises';
import { Fallible, killInTurn } from '../support/fallible.js';
import { Insistent } from '../support/insistent.js';
import { associateOf } from '../support/tokens.js';
import { type Trade, TradeDesk } from './trade-desk.js';
import { sampleRule } from './trade-rules.js';

const TRADES = 80;
const CALLERS = 8;
const SERVERS = 2;

let desk: TradeDesk;
const servers: Fallible[] = [];
beforeAll(async () => {
  desk = await TradeDesk.open();
  const rule = sampleRule('US-STORE');
  const limits = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };
  await desk.publish({ ...rule, terms: { ...rule.terms, limits } });
  const env = { DATA_DIR: desk.shop.server.dataDir };
  for (let n = 0; n < SERVERS; n++) {
    servers.push(await Fallible.start(desk.shop.database.url, `${desk.shop.url}/oidc`, env));
  }
}, 300_000);
afterAll(async () => {
  for (const server of servers) await server.kill('SIGTERM');
  await desk.shop.close();
});

describe('kill the program while trade-ins are settled', () => {
  it('settles each once: the ledger balances and the outbox is complete', async () => {
    const trades = await validated();
    const token = await desk.shop.token(associateOf(desk.storeId));
    const till = new Insistent(servers.map(({ url }) => url));
    const unexpected: string[] = [];
    const waiting = [...trades];
    const began = Date.now();
    const settling = Promise.all(
      Array.from({ length: CALLERS }, async () => {
        for (let trade = waiting.pop(); trade; trade = waiting.pop()) {
          const { status, body } = await till.post<Trade>(`/v1/trade-ins/${trade.id}/settle`, { token });
          if (status !== 200 || body.status !== 'SETTLED') unexpected.push(`${status} ${body.code ?? body.status}`);
          await pause(Math.random() * 1200);
        }
      }),
    );
    const kills = await killInTurn(
      servers,
      { kills: 8, until: began + 60_000, goOn: () => waiting.length > 0 },
      () => undefined,
    );
    await settling;
    process.stdout.write(
      `${kills} kills in ${Math.round((Date.now() - began) / 1000)} s: ${TRADES} settled, ${till.resent} requests sent again, ` +
        `${till.replayed} answered with the stored answer\n`,
    );
    expect(unexpected).toEqual([]);
    expect(kills).toBeGreaterThanOrEqual(2);
    expect(await books()).toEqual({
      settled: TRADES,
      unsettled: 0,
      credits: TRADES,
      unbalanced: 0,
      unpaid: 0,
      untold: 0,
    });
    const { body } = await desk.people.office.get<{ brokenLinks: number }>('/v1/audit/verification');
    expect(body.brokenLinks).toBe(0);
  }, 300_000);
});

async function validated(): Promise<Trade[]> {
  const trades: Trade[] = [];
  while (trades.length < TRADES) {
    const accountId = await desk.account();
    const some = Array.from({ length: CALLERS }, () =>
      desk.validated({ quote: { accountId }, accept: { planCode: 'BILL_CREDIT' } }),
    );
    trades.push(...(await Promise.all(some)).map(({ trade }) => trade));
  }
  return trades;
}

/** How the trade-ins, their credits, the ledger and the outbox agree. */
const books = () =>
  desk.shop.one(`
    with of_trade as (
      select t.id, t.status,
        (select count(*) from trade_in_credit c where c.trade_in_id = t.id and c.status = 'PAID') as credits,
        (select coalesce(sum(amount_minor) filter (where debit_account = 'INVENTORY'), 0) from money_entry e
         where e.trade_in_id = t.id) as acquired,
        (select coalesce(sum(amount_minor) filter (where credit_account = 'CUSTOMER_ACCOUNT'), 0) from money_entry e
         where e.trade_in_id = t.id) as paid,
        (select count(*) from outbox_event o where o.aggregate_id = t.id
           and o.type in ('credit-memo.requested', 'trade-in.settling', 'trade-in.settled')) as told
      from trade_in t
    )
    select count(*) filter (where status = 'SETTLED')::int as settled,
           count(*) filter (where status <> 'SETTLED')::int as unsettled,
           sum(credits)::int as credits,
           count(*) filter (where acquired <> paid)::int as unbalanced,
           count(*) filter (where paid <> 12000)::int as unpaid,
           count(*) filter (where told <> 3)::int as untold
    from of_trade`);

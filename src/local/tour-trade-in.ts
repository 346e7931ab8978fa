import { randomInt } from 'node:crypto';
import { imeiOf15 } from '../values/check-digits.js';
import { tokenFor } from './dev-people.js';
import type { DevTokens } from './dev-tokens.js';
import { refurbish } from './tour-refurbishment.js';
import { chapter, Desk, dollars, must } from './tour-desk.js';

interface Questions {
  questionSet: { code: string; questions: { id: string }[] };
}
interface Quote {
  id: string;
  number: string;
  outcome: string;
  marketMinor: number;
  terms: { hash: string };
  trace: { step: string; about: string; amountMinor: number }[];
  plans: { code: string; totalMinor: number }[];
}
interface Trade {
  id: string;
  number: string;
  status: string;
  agreedMinor: number;
  unitId: string;
  credits: { instrument: string; status: string; amountMinor: number }[];
}
interface Sale {
  id: string;
  number: string;
  status: string;
  totalMinor: number;
}

const LIKE_NEW = {
  ...{ OWNER: 'YES', BATTERY: 'SAFE', POWER: 'YES', ACCOUNT_LOCK: 'YES', CARRIER_LOCK: 'OURS', SCREEN: 'LIGHT' },
  ...{ BODY: 'LIGHT', LIQUID: 'NO', KEYBOARD: 'YES', FUNCTIONS: 'ALL', PARTS: 'YES' },
};
const ANSWERS = Object.entries(LIKE_NEW).map(([question, answer]) => ({ question, answer }));

/** The trade-in desk of the same shop: a Q10 is handed in, paid for, repaired, sold, and could come back once more. */
export async function tradeInDesk(tokens: DevTokens): Promise<void> {
  const till = new Desk(tokens.url, tokens.associate, 'first till');
  const token = await tokenFor(tokens, { sub: 'back-office-2', role: 'BACK_OFFICE', proved: true });
  const office = new Desk(tokens.url, token, 'back office');
  // Another handset and another customer each time, so that the tour can be played again.
  const run = randomInt(1_000_000);
  const imei = imeiOf15(`35676005${String(run).padStart(6, '0')}`);
  const trade = await handIn(till, office, imei, run);
  const costMinor = await refurbish(office, trade.unitId, trade.agreedMinor);
  await sellAgain(till, imei, costMinor);
}

const told = ({ number, status }: Trade) => `trade-in ${number}: ${status}`;

async function handIn(till: Desk, office: Desk, identifier: string, run: number): Promise<Trade> {
  chapter('Somebody brings a Q10 to sell: what do we ask, and what do we pay?');
  await till.post<Questions>('/v1/trade-in-questions', { identifier }, ({ questionSet }) => [
    `${questionSet.code}: ${questionSet.questions.map(({ id }) => id).join(', ')}`,
  ]);
  const account = await office.post<{ id: string }>(
    '/v1/accounts',
    { number: `T-${run}-${Date.now() % 1_000_000}`, currency: 'USD', customerSince: '2014-01-02' },
    () => 'an account for the customer',
  );
  const form = { identifier, channel: 'IN_STORE', accountId: account.id, answers: ANSWERS };
  const quote = await till.post<Quote>('/v1/trade-in-quotes', form, ({ number, trace, plans }) => [
    `quote ${number}`,
    ...trace.map(({ step, about, amountMinor }) => `${step} ${about}: ${dollars(amountMinor)}`),
    ...plans.map(({ code, totalMinor }) => `paid by ${code}: ${dollars(totalMinor)}`),
  ]);
  must(quote.outcome === 'BOUGHT', `The Q10 should be bought, and the quote says ${quote.outcome}.`);
  const paperNumber = `TOUR${run}`;
  const seller = {
    ...{ name: 'Ada Seller', bornOn: '1985-04-12', address: '12 Pine Street, Seattle', paper: 'DRIVING_LICENCE' },
    ...{ paperNumber, statements: ['OWNER', 'DATA_REMOVED'] },
  };
  const agreed = { planCode: 'BILL_CREDIT', termsHash: quote.terms.hash, seller };
  const { id } = await till.post<Trade>(`/v1/trade-in-quotes/${quote.id}/accept`, agreed, told);
  chapter('Handed over, inspected, credited, in the same visit');
  const at = `/v1/trade-ins/${id}`;
  await till.post<Trade>(`${at}/hand-over`, { identifier, sealedBag: `BAG-${run}` }, told);
  await till.post<Trade>(`${at}/inspect`, { identifier, answers: ANSWERS }, told);
  const settled = await till.post<Trade>(`${at}/settle`, {}, (trade) => [
    told(trade),
    ...trade.credits.map(({ instrument, status, amountMinor }) => `${instrument} ${dollars(amountMinor)}: ${status}`),
  ]);
  must(settled.status === 'SETTLED', `The trade-in is ${settled.status} and should be SETTLED.`);
  await till.refused<{ detail: string }>('WRONG_STATE', `${at}/settle`, {}, ({ detail }) => detail);
  return settled;
}

async function sellAgain(till: Desk, identifier: string, costMinor: number): Promise<void> {
  chapter('Sold again, as refurbished: the same IMEI, at its own cost');
  const form = { lines: [{ identifier }], terms: 'FULL', currency: 'USD' };
  const sale = await till.post<Sale>('/v1/sales', form, ({ number, totalMinor }) => [
    `sale ${number}: ${dollars(totalMinor)}, cost ${dollars(costMinor)}, margin ${dollars(totalMinor - costMinor)}`,
  ]);
  await till.post<Sale>(`/v1/sales/${sale.id}/hand-over`, { identifiers: [identifier] }, ({ number, status }) => [
    `sale ${number}: ${status}`,
  ]);
  const again = { identifier, channel: 'IN_STORE', answers: ANSWERS };
  const { id, outcome } = await till.post<Quote>('/v1/trade-in-quotes', again, (quote) => [
    `and it may come back once more: ${quote.outcome} for ${dollars(quote.marketMinor)}`,
  ]);
  must(outcome === 'BOUGHT', 'A handset that was sold may be handed in again.');
  await till.post<Quote>(`/v1/trade-in-quotes/${id}/decline`, { reason: 'Only asked' }, () => 'only asked');
}

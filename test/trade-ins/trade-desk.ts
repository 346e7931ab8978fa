import { setTimeout as pause } from 'node:timers/promises';
import { checkDigit } from '../../src/values/check-digits.js';
import { newId } from '../../src/values/id.js';
import type { Answer, Client } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import { openShop, type Shop } from '../support/shop.js';
import { BACK_OFFICE, CUSTOMER } from '../support/tokens.js';
import { answers, priceFile, sampleRule } from './trade-rules.js';

export interface Quote {
  id: string;
  code: string;
  status: string;
  outcome: string;
  reasons: string[];
  marketMinor: number | null;
  trace: { step: string; about: string; amountMinor: number }[];
  plans: { code: string; totalMinor: number; marketMinor: number; extraMinor: number; instalmentsMinor: number[] }[];
  terms: { id: string; hash: string };
  questionSet: { code: string };
  errors?: { pointer: string; code: string }[];
  hash: string;
  version: number;
}

export interface Trade {
  id: string;
  code: string;
  number: string;
  status: string;
  quotedMinor: number;
  agreedMinor: number | null;
  agreedExtraMinor: number | null;
  unitId: string | null;
  listedAt: string | null;
  review: string[];
  suspendedFor: string | null;
  closeReason: string | null;
  possibleActs: string[];
  checks: { phase: string; name: string; outcome: string }[];
  inspections: { inspectedBy: string | null; verdict: string; marketMinor: number | null; differs: string[] }[];
  counterOffer: { id: string; status: string; marketMinor: number; reasons: string[] } | null;
  credits: {
    id: string;
    component: string;
    instrument: string;
    status: string;
    amountMinor: number;
    taxTreatment: string | null;
    instalments: { no: number; dueOn: string; amountMinor: number; status: string }[];
  }[];
  facts?: Record<string, unknown>;
  errors?: { pointer: string; code: string }[];
  version: number;
}

export const SELLER = {
  name: 'Ada Seller',
  bornOn: '1985-04-12',
  address: '12 Pine Street, Seattle WA 98101',
  paper: 'DRIVING_LICENCE',
  paperNumber: 'WDL1234567',
  paperExpiresOn: '2099-01-01',
  statements: ['OWNER', 'DATA_REMOVED'],
};

/** A store that takes handsets in, with the people it takes: rules and prices arranged over HTTP, by two people. */
export class TradeDesk {
  private serial = 0;

  constructor(
    readonly shop: Shop,
    readonly storeId: string,
    readonly dockId: string,
    readonly q10: MadeSku,
    readonly people: { till: Client; office: Client; second: Client; customer: Client },
  ) {}

  static async open(env: Readonly<Record<string, string>> = {}): Promise<TradeDesk> {
    const shop = await openShop(env);
    return TradeDesk.in(shop, await shop.make.location());
  }

  /** Furnishes a store that is there with all that trade-ins go by. */
  static async in(shop: Shop, storeId: string): Promise<TradeDesk> {
    const dockId = await shop.make.location({ code: 'TX-9101', kind: 'REFURB_CENTRE', region: 'TX' });
    const q10 = await shop.make.sku({ model: { name: 'Q10', key: 'q10' } });
    await shop.make.insert('tac_claim', { tac: '35676005', source: 'TEST', variant_id: q10.variantId, confidence: 90 });
    const office = await shop.backOffice();
    const second = await shop.as({ ...BACK_OFFICE, sub: 'back-office-2' });
    const [till, customer] = [await shop.associate(storeId), await shop.customer()];
    const desk = new TradeDesk(shop, storeId, dockId, q10, { till, office, second, customer });
    await desk.publish(sampleRule('KEYBOARD-PHONE', { modelIds: [q10.modelId] }));
    for (const code of ['US-STORE', 'LAW-US']) await desk.publish(sampleRule(code));
    await desk.publish(sampleRule('US-MAIL', { receivesAt: dockId }));
    await desk.approvePrices('US-1');
    return desk;
  }

  /** Writes and publishes a rule, by two people. */
  async publish(rule: object): Promise<{ id: string }> {
    const draft = await done(this.people.office.post<{ id: string }>('/v1/trade-in-rules', rule));
    return done(this.people.second.post<{ id: string }>(`/v1/trade-in-rules/${draft.id}/publish`));
  }

  /** A price book with one version in force. */
  async approvePrices(code: string, over: object = {}): Promise<{ id: string; bookId: string }> {
    const { office, second } = this.people;
    const { body: books } = await office.get<{ items: { id: string }[] }>('/v1/price-books');
    const book = { code: 'US', country: 'US', channel: 'ANY', currency: 'USD' };
    const bookId = books.items[0]?.id ?? (await done(office.post<{ id: string }>('/v1/price-books', book))).id;
    const version = await done(
      office.post<{ id: string }>(`/v1/price-books/${bookId}/versions`, {
        ...{
          code,
          floorMinor: 500,
          staleAfterDays: 90,
          deductions: [{ problem: 'NON_GENUINE_PARTS', amountMinor: 1500 }],
        },
        ...over,
      }),
    );
    await this.importFile('PRICE_LINES', priceFile(code, 'BlackBerry', 'Q10'));
    await done(second.post(`/v1/price-versions/${version.id}/approve`));
    return { id: version.id, bookId };
  }

  /** Hands a file in and waits until it has been read. */
  async importFile(kind: string, raw: string): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'text/csv' };
    const { id } = await done(
      this.people.office.post<{ id: string }>(`/v1/imports?kind=${kind}`, undefined, { raw, headers }),
    );
    for (;;) {
      const { body } = await this.people.office.get<{ state: string }>(`/v1/imports/${id}`);
      if (['DONE', 'FAILED'].includes(body.state)) return body;
      await pause(30);
    }
  }

  /** The IMEI of a Q10 that we never had. */
  imei(): string {
    const imei14 = `35676005${String(700_000 + ++this.serial)}`;
    return imei14 + checkDigit(imei14);
  }

  account(over: object = {}): Promise<string> {
    return this.shop.make.insert('billing_account', {
      ...{
        id: newId(),
        number: `A-${++this.serial}`,
        state: 'ACTIVE',
        good_standing: true,
        past_due_minor: 0,
        currency: 'USD',
      },
      ...{ company: false, customer_since: '2012-01-01', customer_subject: CUSTOMER.sub },
      ...over,
    });
  }

  quote(over: object = {}, by = this.people.till): Promise<Answer<Quote>> {
    return by.post<Quote>('/v1/trade-in-quotes', {
      ...{ identifier: this.imei(), channel: 'IN_STORE', answers: answers() },
      ...over,
    });
  }

  accept(quote: Quote, over: object = {}, by = this.people.till): Promise<Answer<Trade>> {
    return by.post<Trade>(`/v1/trade-in-quotes/${quote.id}/accept`, {
      ...{ planCode: 'BANK', termsHash: quote.terms.hash, seller: SELLER },
      ...over,
    });
  }

  act(trade: { id: string }, verb: string, body: object = {}, by = this.people.till): Promise<Answer<Trade>> {
    return by.post<Trade>(`/v1/trade-ins/${trade.id}/${verb}`, body);
  }

  async get(trade: { id: string }): Promise<Trade> {
    return done(this.people.office.get<Trade>(`/v1/trade-ins/${trade.id}`));
  }

  /** A trade-in that has come as far as its handset lying in a bag at the store. */
  async received(over: { quote?: object; accept?: object; imei?: string } = {}) {
    const imei = over.imei ?? this.imei();
    const quote = await done(this.quote({ identifier: imei, ...over.quote }));
    const trade = await done(this.accept(quote, over.accept));
    const received = await done(this.act(trade, 'hand-over', { identifier: imei, sealedBag: `BAG-${++this.serial}` }));
    return { imei, quote, trade: received };
  }

  /** One that has been inspected and found as described. */
  async validated(over: { quote?: object; accept?: object; imei?: string } = {}) {
    const received = await this.received(over);
    const said = (over.quote as { answers?: object } | undefined)?.answers ?? answers();
    const trade = await done(this.act(received.trade, 'inspect', { identifier: received.imei, answers: said }));
    return { ...received, trade };
  }

  /** A photograph of a trade-in, as the books have it. */
  photograph(trade: { id: string }): Promise<string> {
    return this.shop.make.insert('trade_in_photograph', {
      ...{ id: newId(), trade_in_id: trade.id, digest: Buffer.alloc(32, ++this.serial), media_type: 'image/jpeg' },
      ...{ bytes: 1000, width: 10, height: 10, taken_by: 'associate-1' },
    });
  }

  /** What stands on each account of a trade-in; a trade-in without money has none. */
  async balances(trade: { id: string }): Promise<Record<string, number>> {
    const { balances } = await done(
      this.people.office.get<{ balances: { account: string; balanceMinor: number }[] }>(
        `/v1/trade-ins/${trade.id}/money-entries`,
      ),
    );
    return Object.fromEntries(balances.map(({ account, balanceMinor }) => [account, balanceMinor]));
  }
}

/** What was asked for, or the refusal as an error: for arranging. */
export async function done<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { status, text, body } = await answer;
  if (status > 202) throw new Error(`${status} ${text}`);
  return body;
}

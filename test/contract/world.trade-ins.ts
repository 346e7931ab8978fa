import { newId } from '../../src/values/id.js';
import type { Shop } from '../support/shop.js';
import { done, SELLER, type Trade, TradeDesk } from '../trade-ins/trade-desk.js';
import { answers, sampleRule } from '../trade-ins/trade-rules.js';

const LIMITS = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };
const WORSE = answers({ SCREEN: 'DEEP' });
const OFFER = { reasons: ['SCREEN_SCRATCHED'] };
const VERSION = { floorMinor: 500, staleAfterDays: 90, deductions: [] };

/** Quotes, and trade-ins at every station of their life, of the own store; with what each act on them needs. */
export async function tradeIns(shop: Shop, own: string, spare: number) {
  const desk = await TradeDesk.in(shop, own);
  const rule = sampleRule('US-STORE') as { terms: object };
  await desk.publish({ ...rule, terms: { ...rule.terms, limits: LIMITS } });
  const count = spare > 1 ? 3 : 1;
  const made = await Promise.all(Array.from({ length: count }, () => stations(desk)));
  const quotes = await times(spare > 1 ? 12 : 2, async () => done(desk.quote()));
  const first = made[0]!;
  const of = (station: keyof typeof first) => made.map((one) => one[station].id);
  const termsHash = quotes[0]!.terms.hash;
  const drafts = await drafted(desk, spare > 1 ? 12 : 1);
  const scanned = (station: keyof typeof first) => made.map((one) => one[station].imei);
  const looked = scanned('received').map((identifier) => ({ identifier, answers: answers() }));
  return {
    ids: {
      '/v1/trade-in-quotes': quotes.map(({ id }) => id),
      '/v1/trade-ins': Object.keys(first).flatMap((station) => of(station as keyof typeof first)),
      '/v1/trade-in-rules': drafts.rules,
      '/v1/price-books': [drafts.bookId],
      '/v1/price-versions': drafts.versions,
    },
    pools: {
      acceptTradeInQuote: quotes.slice(0, 4).map(({ id }) => id),
      handOverTradeIn: of('accepted'),
      issueTradeInLabel: of('byMail'),
      noteTradeInSent: of('labelled'),
      dockTradeIn: of('sent'),
      loseTradeIn: of('lost'),
      inspectTradeIn: of('received'),
      counterOfferTradeIn: of('worse'),
      answerCounterOffer: of('offered'),
      suspendTradeIn: of('doubted'),
      resumeTradeIn: of('suspended'),
      rejectTradeIn: of('wrong'),
      surrenderTradeIn: of('stolen'),
      sendTradeInBack: of('rejected'),
      noteTradeInReturned: of('leaving'),
      settleTradeIn: of('validated'),
      confirmTradeInPayout: of('settling'),
      failTradeInPayout: of('unpaid'),
      clawBackTradeIn: of('settled'),
      writeOffTradeIn: of('clawed'),
      clearTradeInReview: of('odd'),
      stopTradeInCredits: of('monthly'),
      cancelTradeIn: of('unwanted'),
      freezePriceVersion: [drafts.inForce],
      thawPriceVersion: [drafts.frozen],
    },
    bodies: {
      quoteTradeIn: times100(() => ({
        identifier: desk.imei(),
        channel: 'IN_STORE',
        locationId: own,
        answers: answers(),
      })),
      askTradeInQuestions: [{ identifier: desk.imei() }],
      findTradeIns: [{ identifier: first.received.imei }],
      acceptTradeInQuote: [{ planCode: 'BANK', termsHash, seller: SELLER }],
      handOverTradeIn: scanned('accepted').map((identifier) => ({ identifier, sealedBag: 'BAG-W' })),
      dockTradeIn: scanned('sent').map((identifier) => ({ identifier, sealedBag: 'BAG-W' })),
      inspectTradeIn: looked,
      counterOfferTradeIn: await Promise.all(
        made.map(async ({ worse }) => ({ ...OFFER, photographIds: [await desk.photograph(worse)] })),
      ),
      suspendTradeIn: [{ reason: 'LOCK_ON_RECEIVED' }],
      rejectTradeIn: [{ reason: 'COUNTERFEIT' }],
      confirmTradeInPayout: made.map(({ settling }) => ({ creditId: settling.credits[0]!.id, reference: 'ACH-1' })),
      failTradeInPayout: made.map(({ unpaid }) => ({ creditId: unpaid.credits[0]!.id, failure: 'Account closed' })),
      writeOffTradeIn: [{ account: 'CUSTOMER_ACCOUNT', amountMinor: 1, reason: 'Nobody pays' }],
      stopTradeInCredits: [{ reason: 'LINE_CANCELLED' }],
      draftTradeInRule: times100((at) => ({ ...sampleRule('LAW-US'), code: `X-${at}` })),
      reviseTradeInRule: times100((at) => ({ ...sampleRule('LAW-US'), code: `XR-${at}` })),
      createPriceBook: [...'ABCDEFGHIJKLMNOP'].map((letter) => ({
        ...{ code: `X-${letter}`, country: `X${letter}`, channel: 'ANY', currency: 'USD' },
      })),
      draftPriceVersion: times100((at) => ({ ...VERSION, code: `XV-${at}` })),
      revisePriceVersion: times100((at) => ({ ...VERSION, code: `XVR-${at}` })),
    },
  };
}

type Station = Trade & { imei: string };

/** One trade-in at each station. */
async function stations(desk: TradeDesk) {
  const { office } = desk.people;
  const at = async (verb: string, trade: Station, body: object = {}): Promise<Station> => ({
    ...(await done(desk.act(trade, verb, body, office))),
    imei: trade.imei,
  });
  const accepted = async (quote = {}, accept = {}): Promise<Station> => {
    const imei = desk.imei();
    const made = await done(desk.quote({ identifier: imei, locationId: desk.storeId, ...quote }, office));
    return { ...(await done(desk.accept(made, accept, office))), imei };
  };
  const bagged = async (quote = {}, accept = {}) => {
    const trade = await accepted(quote, accept);
    return at('hand-over', trade, { identifier: trade.imei, sealedBag: 'BAG-W' });
  };
  const inspected = async (trade: Station, said = answers()) =>
    at('inspect', trade, { identifier: trade.imei, answers: said });
  const worse = async () => inspected(await bagged(), WORSE);
  const offered = async () => {
    const trade = await worse();
    return at('counter-offer', trade, { ...OFFER, photographIds: [await desk.photograph(trade)] });
  };
  const rejected = async () => at('reject', await worse(), { reason: 'COUNTERFEIT' });
  const settling = async () => at('settle', await inspected(await bagged()));
  const onBill = { planCode: 'BILL_CREDIT' };
  const accountId = await desk.account();
  const settled = async () => at('settle', await inspected(await bagged({ accountId }, onBill)));
  const odd = await accepted();
  await desk.shop.db.query(`update trade_in set review = '{VELOCITY}', accepted_by = 'associate-9' where id = $1`, [
    odd.id,
  ]);
  // Forced, for by mail they would stand at the dock and not at the own store.
  const stands = async (trade: Station, status: string) => {
    await desk.shop.db.query(`update trade_in set status = $2, channel = 'MAIL' where id = $1`, [trade.id, status]);
    return trade;
  };
  return {
    received: await bagged(),
    accepted: await accepted(),
    unwanted: await accepted(),
    byMail: await stands(await accepted(), 'ACCEPTED'),
    labelled: await stands(await accepted(), 'AWAITING_DEVICE'),
    sent: await stands(await accepted(), 'IN_TRANSIT'),
    lost: await stands(await accepted(), 'IN_TRANSIT'),
    worse: await worse(),
    doubted: await worse(),
    wrong: await worse(),
    offered: await offered(),
    suspended: await at('suspend', await worse(), { reason: 'LOCK_ON_RECEIVED' }),
    rejected: await rejected(),
    stolen: await rejected(),
    leaving: await at('send-back', await rejected()),
    validated: await inspected(await bagged()),
    settling: await settling(),
    unpaid: await settling(),
    settled: await settled(),
    clawed: await at('claw-back', await settled(), { reason: 'FRAUD', scope: 'ALL' }),
    monthly: await at('settle', await inspected(await bagged({ accountId }, { planCode: 'MONTHLY' }))),
    odd,
  };
}

/** Drafts of rules and of prices, written by the second person so that the first may put them into force. */
async function drafted(desk: TradeDesk, count: number) {
  const { office, second } = desk.people;
  const rules = await times(count, async (at) => {
    const rule = { ...sampleRule('LAW-US'), code: `W-${at}` };
    return (await done(second.post<{ id: string }>('/v1/trade-in-rules', rule))).id;
  });
  const { body } = await office.get<{ items: { id: string; bookId: string }[] }>('/v1/price-versions');
  const { id: inForce, bookId } = body.items[0]!;
  const versions = await times(count, async (at) => {
    const version = { ...VERSION, code: `W-${at}` };
    return (await done(second.post<{ id: string }>(`/v1/price-books/${bookId}/versions`, version))).id;
  });
  const frozen = await desk.shop.make.insert('price_book_version', {
    ...{ id: newId(), book_id: bookId, code: 'W-FROZEN', status: 'ACTIVE', authors: ['x'], approved_by: 'y' },
    ...{ effective_from: '2013-01-01T00:00:00Z', effective_to: '2013-02-01T00:00:00Z', floor_minor: 500 },
    ...{ stale_after_days: 90, approved_at: '2013-01-01T00:00:00Z', lines: 1, checksum: Buffer.alloc(32) },
    ...{
      frozen_at: '2013-01-02T00:00:00Z',
      frozen_by: 'z',
      frozen_reason: 'Old',
      stale_told_at: '2013-01-02T00:00:00Z',
    },
  });
  for (const id of versions) await price(desk, id);
  return { rules, versions, bookId, inForce, frozen };
}

const price = (desk: TradeDesk, versionId: string) =>
  desk.shop.db.query(
    `insert into price_line (version_id, model_id, storage_gb, carrier_lock, grade, functional, amount_minor)
     values ($1, $2, 16, 'UNLOCKED', 'GOOD', 'WORKING', 9000)`,
    [versionId, desk.q10.modelId],
  );

const times = async <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let at = 0; at < count; at++) made.push(await make(at));
  return made;
};
const times100 = <T>(make: (at: number) => T): T[] => Array.from({ length: 100 }, (_, at) => make(at));

import { PlainSentence } from '../platform/plain-sentence.js';
import { unlockDesk } from './tour-unlock.js';
import { tradeInDesk } from './tour-trade-in.js';
import { chapter, counted, Desk, dollars, findServer, must } from './tour-desk.js';

interface Offer {
  code: string;
  modelId: string;
  model: string;
  price: { amountMinor: number } | null;
  available: { here: number; nearby: number };
}
interface Store {
  locationId: string;
  name: string;
  distanceKm: number;
  stock: { skuId: string; code: string; available: number }[];
}
interface Reservation {
  id: string;
  number: string;
  expiresAt: string;
  lines: { unitId: string }[];
}
interface Unit {
  id: string;
  identifiers: { kind: string; value: string }[];
  holding: { disposition: string; cosmetic: string; functional: number; batteryPct: number };
}
interface Sale {
  id: string;
  number: string;
  status: string;
  totalMinor: number;
  dueNowMinor: number;
  lines: { lineNo: number; instalmentsMinor: number[] }[];
}
interface Identified {
  tac: string;
  candidates: {
    brand: string;
    model: string;
    makerCode: string;
    colour: string;
    confidence: number;
    sources: string[];
  }[];
}

const TYPED = 'blackbery q10';
const OTHER_HANDSET = '352921050000018';
const PRICE_MINOR = 38_400;
const MONTHS = 24;

/** The two tills of one store. */
interface Tills {
  first: Desk;
  second: Desk;
  storeId: string;
}

/** `npm run tour`: a day in the shop, played against the running server. Puts everything back at the end. */
async function tour(): Promise<void> {
  const tokens = await findServer();
  const { url, store, associate, secondTill } = tokens;
  if (!store) {
    throw new PlainSentence('The carrier has no store. Start on an empty database to have the sample carrier.');
  }
  process.stdout.write(`A day at ${store.name} (${store.code}), played against ${url}.\n`);
  const tills = {
    first: new Desk(url, associate, 'first till'),
    second: new Desk(url, secondTill, 'second till'),
    storeId: store.id,
  };
  const modelId = await findModel(tills.first);
  const stores = await storesThatHave(tills.first, modelId);
  const shelf = onShelf(stores, tills.storeId);
  const { reservation, unit } = await reserve(tills, shelf.skuId);
  const sale = await sell(tills.first, reservation);
  await handOver(tills.first, sale, unit);
  await identify(tills.first);
  await putBack(tills.first, sale, unit);
  const after = onShelf(await storesThatHave(tills.first, modelId), tills.storeId);
  must(
    after.available === shelf.available,
    `The shelf holds ${after.available} now and held ${shelf.available} before.`,
  );
  await unlockDesk(tokens);
  await tradeInDesk(tokens);
  process.stdout.write('\nAll as it should be, and everything back in its place.\n');
}

async function findModel(till: Desk): Promise<string> {
  chapter(`A customer wants a Q10; the associate types "${TYPED}"`);
  const { items } = await till.get<{ items: Offer[] }>(
    `/v1/catalogue?q=${encodeURIComponent(TYPED)}&limit=5`,
    ({ items: offers }) =>
      offers.map(
        ({ code, price, available }) =>
          `${code}  ${price ? dollars(price.amountMinor) : 'no price'}  ${available.here} here, ${available.nearby} near`,
      ),
  );
  must(items[0]?.model === 'Q10', 'The Q10 is not the first to be found. Is this the sample carrier?');
  return items[0]!.modelId;
}

async function storesThatHave(till: Desk, modelId: string): Promise<Store[]> {
  chapter('Which shops near have one?');
  const near = (filter: string) =>
    till.get<{ stores: Store[] }>(`/v1/availability?modelId=${modelId}${filter}`, ({ stores: found }) =>
      found.length ? found.map(storeLine) : 'none',
    );
  const { stores: withNew } = await near('&condition=NEW');
  must(withNew.length === 0, `${counted(withNew.length, 'shop')} near should not have a new Q10.`);
  const { stores } = await near('&condition=REFURBISHED&grade=GOOD');
  must(stores.length === 3, `Three shops near should have a refurbished one of grade GOOD, and ${stores.length} have.`);
  return stores;
}

const storeLine = ({ name, distanceKm, stock }: Store) =>
  `${name}, ${distanceKm} km: ${stock.map(({ code, available }) => `${available} of ${code}`).join(', ')}`;

function onShelf(stores: readonly Store[], storeId: string): Store['stock'][number] {
  const stock = stores.find(({ locationId }) => locationId === storeId)?.stock[0];
  if (!stock) throw new PlainSentence('This shop has no refurbished Q10 of grade GOOD left.');
  return stock;
}

async function reserve({ first, second }: Tills, skuId: string): Promise<{ reservation: Reservation; unit: Unit }> {
  chapter('One is put aside for the customer');
  const order = { purpose: 'POS_BASKET', lines: [{ skuId }] };
  const reservation = await first.post<Reservation>(
    '/v1/reservations',
    order,
    ({ number, expiresAt }) => `reservation ${number}, held until ${expiresAt}`,
  );
  const unit = await first.get<Unit>(`/v1/stock-units/${reservation.lines[0]!.unitId}`, unitLine);
  must(unit.holding.disposition === 'RESERVED', `The handset is ${unit.holding.disposition} and should be RESERVED.`);
  chapter('A colleague scans the very same handset at the second till');
  const { facts } = await second.refused<{ facts: { heldBy: string; heldUntil: string } }>(
    'UNIT_RESERVED',
    '/v1/reservations',
    { purpose: 'POS_BASKET', lines: [{ identifier: imeiOf(unit) }] },
    ({ facts: { heldBy, heldUntil } }) => `${heldBy} holds it until ${heldUntil}`,
  );
  must(facts.heldUntil === reservation.expiresAt, 'The second till was told another time than the first.');
  return { reservation, unit };
}

const imeiOf = ({ identifiers }: Unit) => identifiers.find(({ kind }) => kind === 'IMEI')?.value ?? '';
const unitLine = (unit: Unit) => `IMEI ${imeiOf(unit)}: ${unit.holding.disposition}`;

async function sell(till: Desk, { id }: Reservation): Promise<Sale> {
  chapter(`Sold on ${MONTHS} instalments, nothing down`);
  const form = { reservationId: id, terms: 'INSTALMENTS', currency: 'USD', expectedTotalMinor: PRICE_MINOR };
  const sale = await till.post<Sale>('/v1/sales', form, ({ number, totalMinor, dueNowMinor, lines }) => {
    const instalments = lines[0]?.instalmentsMinor ?? [];
    return `sale ${number}: ${dollars(totalMinor)}, today ${dollars(dueNowMinor)}, then ${instalments.length} x ${dollars(instalments[0] ?? 0)}`;
  });
  const instalments = sale.lines[0]?.instalmentsMinor ?? [];
  const right = instalments.length === MONTHS && instalments.every((minor) => minor === PRICE_MINOR / MONTHS);
  must(right, `There should be ${MONTHS} instalments of ${dollars(PRICE_MINOR / MONTHS)}.`);
  return sale;
}

async function handOver(till: Desk, { id }: Sale, unit: Unit): Promise<void> {
  chapter('Handed over: what is scanned must be what was sold');
  const route = `/v1/sales/${id}/hand-over`;
  await till.refused<{ detail: string }>('WRONG_UNIT_SCANNED', route, { identifiers: [] }, ({ detail }) => detail);
  const scanned = { identifiers: [imeiOf(unit)] };
  const { status } = await till.post<Sale>(route, scanned, (sale) => `sale ${sale.number}: ${sale.status}`);
  must(status === 'HANDED_OVER', `The sale is ${status} and should be HANDED_OVER.`);
}

async function identify(till: Desk): Promise<void> {
  chapter('The customer has another handset along: what is it?');
  const { candidates } = await till.post<Identified>('/v1/identify', { identifier: OTHER_HANDSET }, (found) =>
    found.candidates
      .slice(0, 3)
      .map(
        ({ brand, model, makerCode, colour, confidence, sources }) =>
          `TAC ${found.tac}: ${brand} ${model} ${makerCode} ${colour}, ${confidence} % sure (${sources.join(', ')})`,
      ),
  );
  must(candidates[0]?.model === 'Z10', 'It should have been known for a BlackBerry Z10.');
}

/** What the bench's tool certifies. */
const WIPED = {
  ...{ mediaType: 'EMMC', source: 'Brought back by the customer', method: 'PURGE', technique: 'Cryptographic erase' },
  ...{ tool: 'Security wipe', toolVersion: '10.2', verification: 'TOOL_REPORT', result: 'PASS', operator: 'The bench' },
  ...{ place: 'Back room', destination: 'RESALE', reportSha256: 'ab'.repeat(32) },
};

async function putBack(till: Desk, sale: Sale, unit: Unit): Promise<void> {
  chapter('The customer has second thoughts within the remorse window');
  const { lineNo } = sale.lines[0]!;
  const back = { lineNo, identifier: imeiOf(unit), reason: 'CHANGED_MIND' };
  const returned = await till.post<Sale>(
    `/v1/sales/${sale.id}/return`,
    back,
    ({ number, status }) => `sale ${number}: ${status}`,
  );
  must(returned.status === 'RETURNED', `The sale is ${returned.status} and should be RETURNED.`);
  chapter('Not back on the shelf before the bench has seen and erased it');
  const route = `/v1/stock-units/${unit.id}`;
  await till.refused<{ detail: string; facts: { reasons: string[] } }>(
    'NOT_READY_FOR_SALE',
    `${route}/make-available`,
    {},
    ({ facts: { reasons } }) => reasons.join(', '),
  );
  const certificate = await till.post<{ id: string; result: string }>(
    `${route}/erasure-certificates`,
    { ...WIPED, performedAt: new Date().toISOString(), toolCertificate: `TOUR-${sale.number}` },
    ({ result }) => `erasure certificate: ${result}`,
  );
  const { cosmetic, functional, batteryPct } = unit.holding;
  const bench = {
    ...{ cosmetic, functional, batteryPct, lockState: 'UNLOCKED', liquidDamage: false, partsOriginal: true },
    ...{ erasure: 'PASS', erasureCertificate: certificate.id, kitComplete: true },
  };
  await till.post<Unit>(`${route}/inspect`, bench, unitLine);
  const shelved = await till.post<Unit>(`${route}/make-available`, {}, unitLine);
  must(
    shelved.holding.disposition === 'AVAILABLE',
    `The handset is ${shelved.holding.disposition}, not back on the shelf.`,
  );
}

try {
  await tour();
} catch (failed) {
  process.stdout.write('\n');
  console.error(failed instanceof PlainSentence ? failed.message : failed);
  process.exitCode = 1;
}

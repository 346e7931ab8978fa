import { setTimeout as pause } from 'node:timers/promises';
import { done, TradeDesk } from './trade-desk.js';
import { priceFile, PRICES, sampleRule } from './trade-rules.js';

interface Version {
  id: string;
  code: string;
  status: string;
  lines: number | null;
  checksum: string | null;
  effectiveFrom: string;
  effectiveTo: string | null;
  frozenAt: string | null;
  frozenReason: string | null;
  stale: boolean;
  errors?: { pointer: string; code: string }[];
}

let desk: TradeDesk;
let bookId: string;
beforeAll(async () => {
  desk = await TradeDesk.open({ SWEEP_INTERVAL_MS: '150' });
  bookId = (await done(office().get<{ items: { id: string }[] }>('/v1/price-books'))).items[0]!.id;
});
afterAll(() => desk.shop.close());

const office = () => desk.people.office;
const VERSION = { floorMinor: 500, staleAfterDays: 90, deductions: [] };
const draft = (code: string, over: object = {}) =>
  office().post<Version>(`/v1/price-books/${bookId}/versions`, { ...VERSION, code, ...over });
const act = (id: string, verb: string, by = desk.people.second, body: object = {}) =>
  by.post<Version>(`/v1/price-versions/${id}/${verb}`, body);
const show = (id: string) => done(office().get<Version>(`/v1/price-versions/${id}`));

describe('a version of a price book', () => {
  it('is written by one and approved by another, and ends the one before', async () => {
    const { id } = await done(draft('B-1'));
    await desk.importFile('PRICE_LINES', priceFile('B-1', 'BlackBerry', 'Q10'));
    expect((await act(id, 'approve', office())).body.code).toBe('SECOND_PERSON_NEEDED');
    const approved = await done(act(id, 'approve'));
    expect([approved.status, approved.lines, approved.checksum?.length]).toEqual(['ACTIVE', PRICES.length, 64]);
    const all = await done(office().get<{ items: Version[] }>(`/v1/price-versions?bookId=${bookId}&status=ACTIVE`));
    expect(all.items.map(({ code, effectiveTo }) => [code, effectiveTo])).toEqual([
      ['B-1', null],
      ['US-1', approved.effectiveFrom],
    ]);
  });

  it('without prices is not approved', async () => {
    const { id } = await done(draft('B-EMPTY'));
    expect((await act(id, 'approve')).body.code).toBe('PRICE_VERSION_EMPTY');
    expect((await show(id)).status).toBe('DRAFT');
  });

  it('does not overlap another one: the database says so', async () => {
    const later = await done(draft('B-LATER', { effectiveFrom: '2090-01-01T00:00:00Z' }));
    const sooner = await done(draft('B-SOONER'));
    for (const code of ['B-LATER', 'B-SOONER']) {
      await desk.importFile('PRICE_LINES', priceFile(code, 'BlackBerry', 'Q10'));
    }
    await done(act(later.id, 'approve'));
    const refused = await act(sooner.id, 'approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'PRICE_WINDOW_TAKEN']);
    expect((await show(sooner.id)).status).toBe('DRAFT');
  });

  it('is put into force once by ten at a time', async () => {
    const { id } = await done(draft('B-TEN', { effectiveTo: '2089-01-01T00:00:00Z' }));
    await desk.importFile('PRICE_LINES', priceFile('B-TEN', 'BlackBerry', 'Q10'));
    const tried = await Promise.all(Array.from({ length: 10 }, () => act(id, 'approve')));
    expect(tried.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(tried.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  it('tells what it pays otherwise than another one', async () => {
    const versions = (await done(office().get<{ items: Version[] }>('/v1/price-versions?limit=200'))).items;
    const [one, other] = ['B-1', 'B-TEN'].map((code) => versions.find((version) => version.code === code)!.id);
    await desk.shop.db.query(
      `update price_line set amount_minor = 11000 where version_id = $1 and grade = 'FLAWLESS' and functional = 'WORKING'`,
      [other],
    );
    await desk.shop.db.query(`delete from price_line where version_id = $1 and carrier_lock = 'LOCKED'`, [other]);
    const { items } = await done(
      office().get<{ items: Record<string, unknown>[] }>(`/v1/price-versions/${other}/diff?against=${one}`),
    );
    expect(
      items.map(({ carrierLock, grade, amountMinor, againstMinor }) => [carrierLock, grade, amountMinor, againstMinor]),
    ).toEqual([
      ['LOCKED', 'GOOD', null, 8000],
      ['UNLOCKED', 'FLAWLESS', 11_000, 12_000],
    ]);
    const lines = await done(
      office().get<{ items: unknown[]; nextCursor: string | null }>(`/v1/price-versions/${one}/lines?limit=5`),
    );
    const rest = await done(
      office().get<{ items: unknown[] }>(`/v1/price-versions/${one}/lines?limit=5&cursor=${lines.nextCursor}`),
    );
    expect([lines.items.length, rest.items.length]).toEqual([5, PRICES.length - 5]);
  });
});

describe('a file of prices', () => {
  it('changes nothing when it is read again, and is refused line by line', async () => {
    await done(draft('F-1'));
    const file = priceFile('F-1', 'BlackBerry', 'Q10');
    expect(await desk.importFile('PRICE_LINES', file)).toMatchObject({ linesApplied: PRICES.length, linesFailed: 0 });
    expect(await desk.importFile('PRICE_LINES', file)).toMatchObject({
      linesApplied: 0,
      linesUnchanged: PRICES.length,
    });
    const head = file.split('\n')[0]!;
    const bad = [
      'F-1,BlackBerry,Q10,16,UNLOCKED,GOOD,DEAD,0.00',
      'F-1,BlackBerry,Q11,16,UNLOCKED,GOOD,WORKING,10.00',
      'F-9,BlackBerry,Q10,16,UNLOCKED,GOOD,WORKING,10.00',
      'B-1,BlackBerry,Q10,16,UNLOCKED,GOOD,WORKING,10.00',
      'F-1,BlackBerry,Q10,16,UNLOCKED,GOOD,WORKING,10.001',
      'F-1,BlackBerry,Q10,16,UNLOCKED,AVERAGE,FAULTY,10.00',
    ];
    expect(await desk.importFile('PRICE_LINES', [head, ...bad].join('\n'))).toMatchObject({
      linesApplied: 1,
      linesFailed: 5,
    });
    expect(await desk.shop.count('select count(*) from price_line where amount_minor = 0')).toBe(0);
  });
});

describe('prices grown old', () => {
  it('are told, then frozen: no new quotes, and those made keep their word', async () => {
    const quote = await done(desk.quote());
    const inForce = (
      await done(office().get<{ items: Version[] }>('/v1/price-versions?status=ACTIVE&limit=200'))
    ).items.find(({ code }) => code === 'B-TEN')!;
    await desk.shop.db.query(
      `update price_book_version set approved_at = now() - interval '100 days', freeze_after_days = 95 where id = $1`,
      [inForce.id],
    );
    for (let now = inForce; now.frozenAt === null; now = await show(inForce.id)) await pause(30);
    const { frozenReason, stale } = await show(inForce.id);
    expect([frozenReason, stale]).toEqual(['It is older than its prices may be', true]);
    const frozen = await done(desk.quote());
    expect([frozen.outcome, frozen.reasons]).toEqual(['REFUSED', ['PRICE_BOOK_FROZEN']]);
    expect((await desk.accept(quote)).status).toBe(201);
    await desk.shop.db.query(`update price_book_version set freeze_after_days = null where id = $1`, [inForce.id]);
    expect((await act(inForce.id, 'thaw')).status).toBe(200);
    expect((await done(desk.quote())).outcome).toBe('BOUGHT');
  });
});

describe('a rule of trade-ins', () => {
  it('is refused with everything that makes no sense in it, and nothing is kept', async () => {
    const before = await desk.shop.count('select count(*) from trade_in_rule');
    const set = sampleRule('KEYBOARD-PHONE') as unknown as { questionSet: { gradings: unknown[] } };
    set.questionSet.gradings.pop();
    const tried = async (rule: object) => {
      const { status, body } = await office().post<Version>('/v1/trade-in-rules', rule);
      return [status, body.errors?.map(({ pointer, code }) => [pointer, code])];
    };
    expect(await tried(set)).toEqual([400, [['/questionSet/gradings', 'NO_LAST_BUCKET']]]);
    expect(await tried({ ...sampleRule('LAW-US'), kind: 'TERMS' })).toEqual([
      ...[
        400,
        [
          ['/terms', 'MISSING'],
          ['/jurisdiction', 'NOT_EXPECTED'],
        ],
      ],
    ]);
    expect(await desk.shop.count('select count(*) from trade_in_rule')).toBe(before);
  });

  it('that is published anew leaves what was agreed under the one before as it is', async () => {
    const quote = await done(desk.quote());
    const rule = sampleRule('US-STORE') as unknown as { terms: object };
    await desk.publish({ ...rule, terms: { ...rule.terms, quoteDays: 1 } });
    expect((await desk.accept(quote)).status).toBe(201);
    const other = await done(desk.quote());
    expect(other.terms.hash).not.toBe(quote.terms.hash);
    const refused = await desk.accept(other, { termsHash: quote.terms.hash });
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([400, 'OTHER_TERMS']);
  });
});

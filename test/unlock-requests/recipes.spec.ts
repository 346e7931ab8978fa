import { Desk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
});
afterAll(() => desk.shop.close());

interface Recipe {
  brand: string | null;
  model: string | null;
  method: string;
  maxAttempts: number | null;
  codes: { type: string; lengths: number[] }[];
  stepsEn: string[];
  version: number;
  code?: string;
  errors?: { pointer: string; code: string }[];
}
const PALM = {
  ...{ brand: 'Palm', model: 'Pre 3', method: 'CODE', maxAttempts: 5, attemptsShown: true },
  codes: [{ type: 'NCK', lengths: [12] }],
  stepsEn: ['Dial ##634#*.'],
  stepsEs: ['Marque ##634#*.'],
};
const set = (over: object = {}) =>
  desk.office.send<Recipe>('PUT', '/v1/unlock-recipes', { body: { ...PALM, ...over } });
const listed = async () => (await desk.office.get<{ items: Recipe[] }>('/v1/unlock-recipes')).body.items;

describe('how the handsets of a maker are unlocked', () => {
  it('is data: what ships is listed with the lengths of each code', async () => {
    const recipes = await listed();
    expect(recipes.find(({ brand, model }) => brand === 'blackberry' && model === 'q10')).toMatchObject({
      ...{ method: 'CODE', maxAttempts: 10, version: 1 },
      codes: [
        { type: 'MEP2', lengths: [16] },
        { type: 'MEP4', lengths: [16] },
        { type: 'MEP1', lengths: [16] },
        { type: 'MEP3', lengths: [16] },
        { type: 'MEP5', lengths: [16] },
      ],
    });
    expect(recipes.find(({ brand }) => brand === null)!.codes[0]!.lengths).toEqual(
      Array.from({ length: 15 }, (_, at) => 6 + at),
    );
  });

  it('is written and written anew, and the audit has both', async () => {
    expect((await set()).body).toMatchObject({ brand: 'palm', model: 'pre-3', version: 1, codes: PALM.codes });
    const { body } = await set({ codes: [{ type: 'NCK', lengths: [10, 12] }], maxAttempts: 3 });
    expect(body).toMatchObject({ version: 2, maxAttempts: 3, codes: [{ type: 'NCK', lengths: [10, 12] }] });
    expect(await desk.shop.count(`select count(*) from history where act = 'setRecipe' and chain is not null`)).toBe(2);
  });

  it('decides which codes of a file are taken', async () => {
    const { variantId } = await desk.shop.make.sku({ model: { name: 'Veer', key: 'veer' } });
    await desk.shop.make.insert('tac_claim', {
      tac: '01288900',
      source: 'TEST',
      variant_id: variantId,
      confidence: 90,
    });
    await set({ brand: 'BlackBerry', model: 'Veer' });
    await desk.shop.make.insert('device_record', {
      ...{ id: '0190a000-0000-7000-8000-0000000000f1', imei14: '01288900000001', sold_by_us: true, fraud_flag: false },
    });
    const job = await desk.import('UNLOCK_CODES', 'imei,code_type,code\n01288900000001,NCK,012345678901\n');
    expect([job.linesApplied, job.linesFailed]).toEqual([1, 0]);
    const short = await desk.import('UNLOCK_CODES', 'imei,code_type,code\n01288900000001,NCK,01234567\n');
    expect([short.linesApplied, short.linesFailed]).toEqual([0, 1]);
  });

  it('is refused where it makes no sense, and stays as it was', async () => {
    const before = await listed();
    const refused = async (over: object) => {
      const { status, body } = await set(over);
      return [status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)];
    };
    expect(await refused({ brand: undefined })).toEqual([400, ['/brand NEEDED']]);
    expect(await refused({ codes: [] })).toEqual([400, ['/codes NEEDED']]);
    expect(await refused({ method: 'OTA' })).toEqual([400, ['/codes NOT_EXPECTED']]);
    expect(await refused({ codes: [PALM.codes[0], PALM.codes[0]] })).toEqual([400, ['/codes/1/type NAMED_TWICE']]);
    expect(await listed()).toEqual(before);
  });
});

describe('what the law of a place asks of every policy', () => {
  interface Floor {
    code: string;
    status: string;
    version: number;
    errors?: object[];
  }
  const FLOOR = { jurisdiction: 'NZ', source: 'A bill of 2027', prepaidMostDays: 90, customerMostFeeMinor: 0 };
  const propose = (over: object = {}, by = desk.office) =>
    by.send<Floor>('PUT', '/v1/unlock-floors/NZ-2027', { body: { ...FLOOR, ...over } });
  const act = (verb: string, by = desk.second, body?: object) =>
    by.post<Floor>(`/v1/unlock-floors/NZ-2027/${verb}`, body);
  const statusOf = async () =>
    (await desk.office.get<{ items: Floor[] }>('/v1/unlock-floors')).body.items.find(({ code }) => code === 'NZ-2027')
      ?.status;
  const publish = async (code: string) => {
    const rules = [{ check: 'DAYS_SINCE_ACTIVATION', min: 180 }];
    const over = { code, jurisdiction: 'NZ', brand: code, segment: 'PREPAID', rules, groups: [], exemptions: [] };
    const draft = await desk.office.post<{ id: string }>('/v1/unlock-policies', {
      ...{ effectiveFrom: '2027-01-01', timeZone: 'Pacific/Auckland', calendar: 'US-FEDERAL', mode: 'ON_REQUEST' },
      ...over,
    });
    return (await desk.second.post<{ code: string }>(`/v1/unlock-policies/${draft.body.id}/publish`)).body.code;
  };

  it('is proposed by one, put into force by another, and from then on no policy below it is published', async () => {
    expect((await propose()).body).toMatchObject({ status: 'PROPOSED', version: 1 });
    expect(await publish('BEFORE')).toBe('BEFORE');
    expect((await act('enact', desk.office)).body.code).toBe('SECOND_PERSON_NEEDED');
    expect(await statusOf()).toBe('PROPOSED');
    expect((await act('enact')).body).toMatchObject({ status: 'IN_FORCE', version: 2 });
    expect(await publish('BELOW')).toBe('POLICY_BELOW_FLOOR');
    expect((await propose({ prepaidMostDays: 300 })).body.code).toBe('WRONG_STATE');
  });

  it('is repealed, and may be proposed anew: whoever does so again needs another', async () => {
    expect((await act('repeal', desk.office, { reason: 'The bill fell' })).body.status).toBe('REPEALED');
    expect(await publish('AFTER')).toBe('AFTER');
    expect((await propose({}, desk.second)).body).toMatchObject({ status: 'PROPOSED', version: 4 });
    expect((await act('enact', desk.second)).body.code).toBe('SECOND_PERSON_NEEDED');
    const both = await Promise.all([act('enact', desk.office), act('enact', desk.office)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await desk.shop.count(`select count(*) from history where subject_kind = 'unlock-floor' and chain is not null`),
    ).toBe(5);
  });
});

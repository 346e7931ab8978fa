import { BACK_OFFICE, provedNow } from '../support/tokens.js';
import { Desk, linesOf } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
});
afterAll(() => desk.shop.close());

const faultsOf = async (jobId: string) => {
  const { body } = await desk.office.get<{ items: { line: number; column: string; code: string; value: string }[] }>(
    `/v1/imports/${jobId}/faults`,
  );
  return body.items.map(({ line, column, code, value }) => [line, column, code, value]);
};
const file = (...rows: string[]) => ['imei,code_type,code,mep_id,prd,lot', ...rows].join('\n');
const statuses = async (jobId: string) => {
  const { rows } = await desk.shop.db.query<{ status: string; quarantine: string | null; n: number }>(
    'select status, quarantine, count(*)::int as n from unlock_code where batch_id = $1 group by 1, 2 order by 1, 2',
    [jobId],
  );
  return rows.map(({ status, quarantine, n }) => [status, quarantine, n]);
};

describe("a maker's file of codes", () => {
  it('is taken line by line, with what is damaged told by its place and never by its value', async () => {
    const [one, two, three] = [await desk.handset(), await desk.handset(), await desk.handset()];
    const job = await desk.import(
      'UNLOCK_CODES',
      '\ufeff' +
        file(
          `${one.imei},MEP2,0000000000000001,MEP-12345-001,PRD-12345-001,LOT-1`,
          `${two.imei14},MEP2,2222222222222222,,,LOT-1`,
          `${one.imei},MEP2,0000000000000001,,,LOT-1`,
          `${three.imei},MEP2,333333333333333,,,`,
          `${three.imei},MEP2,3.33333E+15,,,`,
          `3.56112E+14,MEP2,4444444444444444,,,`,
          `${three.imei},NCK,5555555555555555,,,`,
          `${three.imei},MEP2,55555,,,`,
          `${three.imei},MEP2,66666666,,,`,
          `490154203237518,NCK,12345678,,,`,
        ).replaceAll('\n', '\r\n'),
    );
    expect(linesOf(job)).toEqual({ failure: null, applied: 2, unchanged: 1, failed: 7 });
    expect(await faultsOf(job.id)).toEqual([
      [5, 'code', 'SPREADSHEET_DAMAGE', ''],
      [6, 'code', 'SPREADSHEET_DAMAGE', ''],
      [7, 'imei', 'SPREADSHEET_DAMAGE', ''],
      [8, 'code_type', 'TYPE_NOT_OF_MAKER', ''],
      [9, 'code', 'NOT_A_CODE', ''],
      [10, 'code', 'CODE_LENGTH', ''],
      [11, 'imei', 'UNKNOWN_IMEI', ''],
    ]);
    expect(await statuses(job.id)).toEqual([
      ['HELD', null, 2],
      ['QUARANTINED', 'UNKNOWN_IMEI', 1],
    ]);
  });

  it('without its header is refused, and repeats no code and no IMEI of its first line', async () => {
    const { imei } = await desk.handset();
    const job = await desk.import('UNLOCK_CODES', `${imei},MEP2,1234567890123456\n${imei},MEP2,1234567890123456`);
    expect(await faultsOf(job.id)).toEqual([
      [1, 'column 1', 'UNKNOWN_COLUMN', ''],
      [1, 'column 2', 'UNKNOWN_COLUMN', ''],
      [1, 'column 3', 'UNKNOWN_COLUMN', ''],
      [1, 'imei', 'MISSING_COLUMN', ''],
      [1, 'code_type', 'MISSING_COLUMN', ''],
      [1, 'code', 'MISSING_COLUMN', ''],
    ]);
    expect(job.failure).toMatch(/^column 1: This kind of file has no such column. column 2: /);
    const told = await desk.shop.one(
      `select (select string_agg(f::text, '') from import_fault f) || (select string_agg(j::text, '') from import_job j) as text`,
    );
    expect(told['text']).not.toContain('1234567890123456');
    expect(told['text']).not.toContain(imei);
  });

  it('gives out nothing until a second person has let it in', async () => {
    const handset = await desk.handset();
    const job = await desk.import('UNLOCK_CODES', file(`${handset.imei},MEP2,7777777777777777,,,`));
    expect((await desk.ask(handset)).body).toMatchObject({ status: 'FULFILLING', stage: 'AWAITING_CODE' });
    const approve = (by = desk.second) =>
      by.post<{ status: string; code: string }>(`/v1/unlock-code-batches/${job.id}/approve`);
    expect((await approve(desk.office)).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await approve()).body).toMatchObject({
      status: 'APPROVED',
      held: 1,
      handedInBy: 'back-office-1',
      decidedBy: 'back-office-2',
    });
    const other = await desk.handset();
    await desk.codes([[other.imei, 'MEP2', '8888888888888888']]);
    expect((await desk.ask(other)).body.status).toBe('ACTION_REQUIRED');
  });

  it('read again whole changes nothing, and a contradiction puts both codes aside', async () => {
    const [one, two] = [await desk.handset(), await desk.handset()];
    const csv = file(`${one.imei},MEP2,1111111111111111,,,`, `${two.imei},MEP2,2222222222222222,,,`);
    const first = await desk.import('UNLOCK_CODES', csv);
    expect(linesOf(await desk.import('UNLOCK_CODES', csv))).toEqual({
      failure: null,
      applied: 0,
      unchanged: 2,
      failed: 0,
    });
    const other = await desk.import('UNLOCK_CODES', file(`${one.imei},MEP2,9999999999999999,,,`));
    expect(linesOf(other)).toEqual({ failure: null, applied: 0, unchanged: 0, failed: 1 });
    expect(await statuses(first.id)).toEqual([
      ['HELD', null, 1],
      ['QUARANTINED', 'CONFLICT', 1],
    ]);
    expect(await statuses(other.id)).toEqual([['QUARANTINED', 'CONFLICT', 1]]);
  });

  it('with two codes for one lock has neither given out, until a person says which', async () => {
    const handset = await desk.handset();
    const job = await desk.import(
      'UNLOCK_CODES',
      file(`${handset.imei},MEP2,1111111111111111,,,`, `${handset.imei},MEP2,2222222222222222,,,`),
    );
    expect(await statuses(job.id)).toEqual([['QUARANTINED', 'CONFLICT', 2]]);
    const ids = await desk.shop.db.query<{ id: string }>('select id from unlock_code where batch_id = $1', [job.id]);
    const act = (id: string, what: string, by = desk.second) =>
      by.post<{ status: string; code: string }>(`/v1/unlock-codes/${id}/${what}`);
    expect((await act(ids.rows[0]!.id, 'release', desk.office)).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await act(ids.rows[0]!.id, 'release')).body.status).toBe('HELD');
    expect((await act(ids.rows[1]!.id, 'release')).body.code).toBe('ANOTHER_CODE_HELD');
    expect((await act(ids.rows[1]!.id, 'discard')).body.status).toBe('DISCARDED');
  });

  it('needs a right of its own', async () => {
    const importer = await desk.shop.as({ sub: 'importer', role: 'BACK_OFFICE', scope: 'imports:write' });
    const refused = await importer.post<{ code: string }>('/v1/imports?kind=UNLOCK_CODES', undefined, {
      ...{ raw: file('x'), headers: { 'content-type': 'text/csv' } },
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_ALLOWED']);
  });

  it('lies nowhere in plain: not the code, not the file it came in', async () => {
    const handset = await desk.handset();
    const secret = '5310746829531074';
    await desk.codes([[handset.imei, 'MEP2', secret]]);
    const { rows } = await desk.shop.db.query<{ table_name: string }>(
      `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { table_name: table } of rows) {
      const found = await desk.shop.count(`select count(*) from ${table} t where t::text like $1 or t::text like $2`, [
        `%${secret}%`,
        `%${Buffer.from(secret).toString('hex')}%`,
      ]);
      expect([table, found]).toEqual([table, 0]);
    }
    expect(desk.shop.server.output()).not.toContain(secret);
  });

  it('sealed for one handset does not open under another', async () => {
    const [one, two] = [await desk.handset(), await desk.handset()];
    await desk.codes([
      [one.imei, 'MEP2', '1212121212121212'],
      [two.imei, 'MEP2', '3434343434343434'],
    ]);
    await desk.shop.db.query(
      `update unlock_code c set sealed = o.sealed from unlock_code o where c.device_imei14 = $1 and o.device_imei14 = $2`,
      [two.imei14, one.imei14],
    );
    const { body } = await desk.ask(two);
    const token = await desk.shop.token({ ...BACK_OFFICE, ...provedNow() });
    // No refusal of the API: somebody has been at the database.
    const shown = await fetch(`${desk.shop.url}/v1/unlock-requests/${body.id}/reveal-code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': 'tampered-1',
      },
      body: JSON.stringify({ purpose: 'Test' }),
    });
    expect([shown.status, (await shown.text()).includes('1212121212121212')]).toEqual([500, false]);
  });
});

describe('the keys of codes', () => {
  it('are changed while codes are given out', async () => {
    const handsets = await Promise.all(Array.from({ length: 40 }, () => desk.handset()));
    await desk.codes(handsets.map(({ imei }, n) => [imei, 'MEP2', String(10 ** 15 + n)] as const));
    const requests = await Promise.all(handsets.map((handset) => desk.ask(handset)));
    // One person is shown thirty codes an hour at most.
    const shifts = await Promise.all([1, 2].map((n) => desk.proved({ sub: `agent-${n}` })));
    let shown = 0;
    const show = (id: string) =>
      shifts[shown++ % 2]!.post<{ code: string }>(`/v1/unlock-requests/${id}/reveal-code`, { purpose: 'Test' });
    const early = await Promise.all(requests.slice(0, 10).map(({ body }) => show(body.id)));
    const [rotated, ...during] = await Promise.all([
      desk.office.post<{ keyId: string; toSeal: number }>('/v1/unlock-code-keys/rotate'),
      ...requests.slice(10, 30).map(({ body }) => show(body.id)),
    ]);
    expect(rotated.status).toBe(200);
    expect([...early, ...during].map(({ body }) => (body as { code: string }).code)).toEqual(
      Array.from({ length: 30 }, (_, n) => String(10 ** 15 + n)),
    );
    for (;;) {
      const { body } = await desk.office.get<{ toSeal: number }>('/v1/unlock-code-keys');
      if (!body.toSeal) break;
      await new Promise((wait) => setTimeout(wait, 50));
    }
    // The one that was tampered with above is put aside, and told.
    expect(await desk.shop.count(`select count(*) from unlock_code where quarantine = 'UNREADABLE'`)).toBe(1);
    expect(
      await desk.shop.count(
        `select count(distinct data_key_id) from unlock_code where quarantine is distinct from 'UNREADABLE'`,
      ),
    ).toBe(1);
    const late = await Promise.all(requests.slice(30).map(({ body }) => show(body.id)));
    expect(late.map(({ body }) => body.code)).toEqual(Array.from({ length: 10 }, (_, n) => String(10 ** 15 + 30 + n)));
  });
});

import type { Client } from '../support/client.js';
import { tablesShowing } from '../support/plain-text.js';
import { BACK_OFFICE, provedNow } from '../support/tokens.js';
import { done, TradeDesk } from './trade-desk.js';

interface Request {
  id: string;
  tradeInId: string | null;
  status: string;
  answer: string | null;
  answeredBy: string | null;
  holdPlacedAt: string | null;
  holdLiftedAt: string | null;
  code?: string;
  errors?: { pointer: string; code: string }[];
}

let desk: TradeDesk;
beforeAll(async () => void (desk = await TradeDesk.open({ LOG_LEVEL: 'debug' })));
afterAll(() => desk.shop.close());

let references = 0;
const log = (identifier: string, over: object = {}, by: Client = desk.people.office) =>
  by.post<Request>('/v1/law-enforcement-requests', {
    ...{ authority: 'Dallas PD', reference: `14-${++references}`, officer: 'Det. Ruiz 4411', asked: 'Who sold it?' },
    ...{ receivedAt: '2014-02-20T10:00:00Z', identifier },
    ...over,
  });
const act = (id: string, verb: string, body: object, by: Client = desk.people.office) =>
  by.post<Request>(`/v1/law-enforcement-requests/${id}/${verb}`, body);
const holds = (unitId: string | null) =>
  desk.shop.count(
    `select count(*) from unit_encumbrance where unit_id = $1 and kind = 'LEGAL_HOLD' and lifted_at is null and until is null`,
    [unitId],
  );

describe('what an authority asks', () => {
  it('is written down, the handset kept, answered by another, and let go on its word', async () => {
    const { imei, trade } = await desk.received();
    const { status, body } = await log(imei, { placeHold: true });
    expect([status, body.tradeInId, body.status]).toEqual([201, trade.id, 'OPEN']);
    expect(await holds(trade.unitId)).toBe(1);
    expect((await act(body.id, 'answer', { answer: 'See file 7' })).body.code).toBe('STEP_UP_NEEDED');
    const answered = await act(body.id, 'answer', { answer: 'See file 7' }, desk.people.second);
    expect(answered.body).toMatchObject({ status: 'ANSWERED', answer: 'See file 7', answeredBy: 'back-office-2' });
    expect((await act(body.id, 'answer', { answer: 'Otherwise' }, desk.people.second)).body.code).toBe('WRONG_STATE');
    const lifted = await act(body.id, 'lift-hold', { reason: 'Letter of 1 March' });
    expect(lifted.body.holdLiftedAt).not.toBeNull();
    expect(await holds(trade.unitId)).toBe(0);
    expect((await act(body.id, 'lift-hold', { reason: 'Again' })).body.code).toBe('WRONG_STATE');
    const acts = await desk.shop.db.query<{ act: string }>(
      'select act from history where subject_id = $1 and chain is not null order by occurred_at',
      [body.id],
    );
    expect(acts.rows.map((row) => row.act)).toEqual(['logLawRequest', 'answerLawRequest', 'liftLawHold']);
  });

  it('keeps the handset as long as one of two still wants it', async () => {
    const { imei, trade } = await desk.received();
    const [one, other] = [await done(log(imei, { placeHold: true })), await done(log(imei, { placeHold: true }))];
    await done(act(one.id, 'lift-hold', { reason: 'Letter' }));
    expect(await holds(trade.unitId)).toBe(1);
    await done(act(other.id, 'lift-hold', { reason: 'Letter' }));
    expect(await holds(trade.unitId)).toBe(0);
  });

  it('is found by the second IMEI of a handset as well', async () => {
    const { trade } = await desk.received();
    const second = desk.imei();
    const slot = { unit_id: trade.unitId, kind: 'IMEI', value: second.slice(0, 14), position: 2 };
    await desk.shop.make.insert('unit_identifier', slot);
    expect((await done(log(second, { placeHold: true }))).tradeInId).toBe(trade.id);
    expect(await holds(trade.unitId)).toBe(1);
  });

  it('leaves alone what people hold in stock', async () => {
    const { imei, trade } = await desk.received();
    await desk.people.office.post(`/v1/stock-units/${trade.unitId}/encumber`, { kind: 'LEGAL_HOLD', reason: 'Court' });
    const { id } = await done(log(imei, { placeHold: true }));
    await done(act(id, 'lift-hold', { reason: 'Letter' }));
    expect(await holds(trade.unitId)).toBe(1);
  });

  it('may be answered by who wrote it down, with a second factor shown just now', async () => {
    const proved = await desk.shop.as({ ...BACK_OFFICE, ...provedNow() });
    const { id } = await done(log(desk.imei()));
    expect((await act(id, 'answer', { answer: 'Never seen' }, proved)).status).toBe(200);
  });

  it('about a handset that never came in holds nothing, and nothing is written', async () => {
    const before = await desk.shop.count('select count(*) from law_enforcement_request');
    const refused = await log(desk.imei(), { placeHold: true });
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/placeHold', code: 'NOTHING_TO_HOLD' })],
    ]);
    expect((await log('not an imei')).status).toBe(400);
    expect(await desk.shop.count('select count(*) from law_enforcement_request')).toBe(before);
  });

  it('is in the log once, found by the handset, which stands nowhere in clear', async () => {
    const imei = desk.imei();
    const reference = { reference: 'ONCE' };
    const { id } = await done(log(imei, reference));
    expect((await log(imei, reference)).body.code).toBe('REQUEST_LOGGED_ALREADY');
    const found = await desk.people.office.post<{ items: Request[] }>('/v1/law-enforcement-requests/find', {
      identifier: imei,
    });
    expect(found.body.items.map((one) => one.id)).toEqual([id]);
    const listed = await desk.people.office.get<{ items: Request[] }>(
      '/v1/law-enforcement-requests?status=OPEN&limit=1',
    );
    expect(listed.body.items.map((one) => one.id)).toEqual([id]);
    expect(await tablesShowing(desk.shop.db, imei.slice(0, 14))).toEqual([]);
    expect(desk.shop.server.output()).not.toContain(imei.slice(0, 14));
  });

  it('is never told otherwise: what was asked stays, and no request goes', async () => {
    await done(log(desk.imei()));
    for (const change of [
      `update law_enforcement_request set asked = 'Nothing'`,
      `update law_enforcement_request set received_at = now()`,
      'delete from law_enforcement_request',
    ]) {
      await expect(desk.shop.db.query(change)).rejects.toMatchObject({ code: '23001' });
    }
  });

  it('is no affair of a till', async () => {
    const manager = await desk.shop.as({
      ...{ sub: 'manager', role: 'ASSOCIATE', store_id: desk.storeId, scope: 'law-enforcement:write' },
    });
    expect((await log(desk.imei(), {}, desk.people.till)).status).toBe(403);
    expect((await log(desk.imei(), {}, manager)).body.code).toBe('NOT_FOR_TILLS');
  });
});

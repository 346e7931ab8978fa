import { Desk, type Request } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
});
afterAll(() => desk.shop.close());

interface Paper {
  id: string;
  code: string;
  verdict: string;
  mediaType: string;
  digest: string;
  erased: boolean;
  errors?: { code: string }[];
}
const PDF = '%PDF-1.4 orders';
const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);

const handIn = (id: string, raw: string | Buffer = PDF, type = 'application/pdf', by = desk.office) =>
  by.post<Paper>(`/v1/unlock-requests/${id}/documents?type=DEPLOYMENT_PAPERS`, undefined, {
    ...{ raw, headers: { 'content-type': type } },
  });
const look = (id: string, verdict: 'accept' | 'reject', by = desk.second) =>
  by.post<Paper>(`/v1/unlock-documents/${id}/${verdict}`, { reason: 'Looked at the orders' });
/** A request of deployed military whose handset is a week old. */
const claimed = async (): Promise<Request> => {
  const handset = await desk.handset({ since: lastWeek, device: { balance_minor: 900 } });
  return (await desk.ask(handset, { exemption: 'MILITARY_DEPLOYED' })).body;
};

describe('the papers of deployed military', () => {
  it('are handed in, looked at by somebody else, and waive what they waive', async () => {
    const { id } = await claimed();
    const paper = await handIn(id);
    expect([paper.status, paper.body.verdict, paper.body.mediaType]).toEqual([201, 'PENDING', 'application/pdf']);
    expect((await look(paper.body.id, 'accept', desk.office)).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await desk.get(id)).body.status).toBe('AWAITING_DOCUMENTS');
    expect((await look(paper.body.id, 'accept')).body.verdict).toBe('ACCEPTED');
    const { body } = await desk.get(id);
    expect(body).toMatchObject({ status: 'FULFILLING', reasons: [], clock: { paused: false } });
    expect(body.decision!.checks.filter(({ outcome }) => outcome === 'WAIVED').map(({ check }) => check)).toEqual([
      ...['DAYS_ACTIVE', 'PAID_IN_FULL'],
    ]);
  });

  it('that do not hold are told so, and others may follow', async () => {
    const { id } = await claimed();
    const first = await handIn(id);
    await look(first.body.id, 'reject');
    const { body } = await desk.get(id);
    expect([body.status, body.reasons.at(-1)]).toEqual(['AWAITING_DOCUMENTS', 'DOCUMENTS_REJECTED']);
    expect((await handIn(id)).body.code).toBe('WRONG_STATE');
    const second = await handIn(id, '%PDF-1.4 better orders');
    expect((await look(second.body.id, 'accept')).status).toBe(200);
    expect((await desk.get(id)).body.status).toBe('FULFILLING');
  });

  it('are accepted by two at once and decided upon once', async () => {
    const { id } = await claimed();
    const [one, two] = [await handIn(id), await handIn(id, '%PDF-1.4 a copy')];
    const third = await desk.shop.as({ sub: 'third', role: 'BACK_OFFICE', scope: 'unlock-requests:decide' });
    const answers = await Promise.all([
      look(one.body.id, 'accept'),
      look(one.body.id, 'accept', third),
      look(two.body.id, 'accept', third),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(2);
    expect(await desk.shop.count('select count(*) from unlock_grant where request_id = $1', [id])).toBe(1);
    expect(await desk.shop.count(`select count(*) from history where subject_id = $1 and act = 'resume'`, [id])).toBe(
      1,
    );
  });

  it('are what their bytes are, and lie sealed', async () => {
    const { id } = await claimed();
    for (const [raw, type] of [
      ['no paper', 'application/pdf'],
      ['<svg onload=alert(1)>', 'image/png'],
    ] as const) {
      const refused = await handIn(id, raw, type);
      expect([refused.status, refused.body.errors![0]!.code]).toEqual([400, 'NOT_A_PAPER']);
    }
    expect((await handIn(id, 'x', 'text/html')).status).toBe(415);
    const secret = '%PDF-1.4 Private First Class 4711';
    const { body } = await handIn(id, secret);
    expect(
      await desk.shop.count(`select count(*) from unlock_document where position($1::bytea in content_sealed) > 0`, [
        Buffer.from('4711'),
      ]),
    ).toBe(0);
    const shown = await desk.second.post(`/v1/unlock-documents/${body.id}/read`, undefined);
    expect([shown.text, shown.headers.get('cache-control'), shown.headers.get('x-content-type-options')]).toEqual([
      secret,
      'no-store',
      'nosniff',
    ]);
    expect(
      await desk.shop.count(
        `select count(*) from history where subject_id = $1 and act = 'readDocument' and chain is not null`,
        [id],
      ),
    ).toBe(1);
  });

  it('are nobody else’s business', async () => {
    const handset = await desk.handset({ since: lastWeek });
    const customer = await desk.shop.customer();
    const { body } = await desk.ask(handset, { exemption: 'MILITARY_DEPLOYED' }, customer);
    expect((await handIn(body.id, PDF, 'application/pdf', customer)).status).toBe(201);
    const other = await desk.shop.as({
      sub: 'customer-2',
      role: 'CUSTOMER',
      scope: 'unlock-requests:ask unlock-requests:read',
    });
    expect((await handIn(body.id, PDF, 'application/pdf', other)).status).toBe(404);
    expect((await other.get(`/v1/unlock-requests/${body.id}/documents`)).status).toBe(404);
  });
});

describe('what waits goes on by itself', () => {
  const until = async (id: string, status: string) => {
    for (let tried = 0; tried < 100; tried++) {
      const { body } = await desk.get(id);
      if (body.status === status) return body;
      await new Promise((wait) => setTimeout(wait, 50));
    }
    throw new Error(`It never became ${status}.`);
  };

  it('when the code comes', async () => {
    const handset = await desk.handset();
    const { body } = await desk.ask(handset);
    expect(body.stage).toBe('AWAITING_CODE');
    await desk.codes([[handset.imei, 'MEP2', '1234123412341234']]);
    expect((await until(body.id, 'ACTION_REQUIRED')).clock.response).toBe('ACTION_REQUIRED');
  });

  it('unless the handset was reported stolen meanwhile', async () => {
    const handset = await desk.handset();
    const { body } = await desk.ask(handset);
    await desk.block(handset.imei14);
    await desk.codes([[handset.imei, 'MEP2', '5678567856785678']]);
    expect((await until(body.id, 'REVOKED')).stage).toBe('AWAITING_CODE');
  });

  it('when the facts that were missing are there', async () => {
    const handset = await desk.handset();
    const { body } = await desk.ask(handset);
    await desk.shop.db.query(
      `update unlock_request set status = 'EVALUATING', method = null, stage = null, ask_again_at = now() where id = $1`,
      [body.id],
    );
    await desk.shop.db.query('delete from unlock_grant where request_id = $1', [body.id]);
    await until(body.id, 'FULFILLING');
    expect(await desk.shop.count('select count(*) from unlock_grant where request_id = $1', [body.id])).toBe(1);
  });

  it('when papers never come, and when nobody says whether it worked', async () => {
    const papers = await claimed();
    await desk.shop.db.query(`update unlock_request set documents_by = now() - interval '1 minute' where id = $1`, [
      papers.id,
    ]);
    await until(papers.id, 'CLOSED_NO_RESPONSE');
    const handset = await desk.handset();
    await desk.codes([[handset.imei, 'MEP2', '1111222233334444']]);
    const { body } = await desk.ask(handset);
    await desk.shop.db.query(`update unlock_request set responded_at = now() - interval '15 days' where id = $1`, [
      body.id,
    ]);
    await desk.shop.db.query(`alter table history disable trigger history_append_only`);
    await desk.shop.db.query(`update history set occurred_at = now() - interval '15 days' where subject_id = $1`, [
      body.id,
    ]);
    await desk.shop.db.query(`alter table history enable trigger history_append_only`);
    await until(body.id, 'COMPLETED_UNVERIFIED');
  });
});

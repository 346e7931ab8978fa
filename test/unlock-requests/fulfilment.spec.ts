import { type ServerProcess, startServer } from '../support/server.js';
import { Desk, type Made, type Request } from './desk.js';

let desk: Desk;
let rival: ServerProcess;
beforeAll(async () => {
  desk = await Desk.open();
  // Whatever goes on by itself has a rival in another process.
  rival = await startServer(desk.shop.database.url, {}, { dataDir: desk.shop.server.dataDir });
  await desk.publish({ temporary: { days: 30, relock: true } });
});
afterAll(async () => {
  await rival.stop();
  await desk.shop.close();
});

const act = (id: string, verb: string) => desk.act(id, verb, { reason: 'So the maker says' });
const until = async (id: string, wanted: (request: Request) => boolean): Promise<Request> => {
  for (let tried = 0; tried < 200; tried++) {
    const { body } = await desk.get(id);
    if (wanted(body)) return body;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(`It never came to that: ${JSON.stringify((await desk.get(id)).body)}`);
};
const events = (id: string, type: string) =>
  desk.shop.count('select count(*) from outbox_event where aggregate_id = $1 and type = $2', [id, type]);
const sweeps = () => new Promise((wait) => setTimeout(wait, 600));

describe('an unlock for a while', () => {
  const unlocked = async (): Promise<{ id: string; handset: Made; end: () => Promise<unknown> }> => {
    const handset = await desk.handset();
    await desk.codes([[handset.imei, 'MEP2', '1234567812345678']]);
    const { body } = await desk.ask(handset, { scope: 'TEMPORARY' });
    expect((await desk.act(body.id, 'report', { outcome: 'WORKED' })).body.lock).toBe('TEMP_UNLOCKED');
    const end = () =>
      desk.shop.db.query(`update unlock_grant set ends_at = now() - interval '1 second' where request_id = $1`, [
        body.id,
      ]);
    return { id: body.id, handset, end };
  };
  const owes = ({ imei14 }: Made) =>
    desk.shop.db.query('update device_record set balance_minor = 100 where imei14 = $1', [imei14]);

  it('ends with the lock shut again, once, whoever sweeps', async () => {
    const { id, handset, end } = await unlocked();
    await owes(handset);
    await end();
    await until(id, ({ lock }) => lock === 'LOCKED');
    await sweeps();
    expect(await events(id, 'device.relocked')).toBe(1);
    expect(await desk.shop.count(`select count(*) from history where subject_id = $1 and act = 'relock'`, [id])).toBe(
      1,
    );
    expect(
      await desk.shop.one('select kind, ended_at is not null as ended from unlock_grant where request_id = $1', [id]),
    ).toEqual({ kind: 'TEMPORARY', ended: true });
  });

  it('becomes one for good when that can be had by then, and counts once under the cap', async () => {
    const { id, end } = await unlocked();
    await end();
    await until(id, ({ lock }) => lock === 'UNLOCKED');
    await sweeps();
    expect(await events(id, 'device.unlocked-for-good')).toBe(1);
    expect(await desk.shop.one('select kind, ends_at, ended_at from unlock_grant where request_id = $1', [id])).toEqual(
      {
        ...{ kind: 'PERMANENT', ends_at: null, ended_at: null },
      },
    );
  });

  it('is not offered by a policy that says nothing of it', async () => {
    await desk.publish({ code: 'NO-WHILE', brand: 'No while' });
    const { body } = await desk.ask(await desk.handset({ device: { brand: 'No while' } }), { scope: 'TEMPORARY' });
    expect([body.status, body.reasons]).toEqual(['DENIED', ['TEMPORARY_NOT_OFFERED']]);
  });
});

describe('an unlock that the maker carries out', () => {
  const recipe = (method: string) =>
    desk.shop.db.query(`update unlock_recipe set method = $1 where brand_key = 'blackberry' and model_key = 'q10'`, [
      method,
    ]);
  beforeAll(() => recipe('OEM_WHITELIST'));
  afterAll(() => recipe('CODE'));
  const submitted = async (handset?: Made): Promise<string> => {
    const { body } = await desk.ask(handset ?? (await desk.handset()));
    expect([body.status, body.method, body.stage]).toEqual(['FULFILLING', 'OEM_WHITELIST', 'OEM_SUBMITTED']);
    expect(body.clock.response).toBe('OEM_SUBMITTED');
    return body.id;
  };

  it('is complete when the maker says so, once', async () => {
    const id = await submitted();
    const answers = await Promise.all([act(id, 'complete'), act(id, 'complete')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await desk.get(id)).body).toMatchObject({ status: 'COMPLETED', stage: null, lock: 'UNLOCKED' });
    expect(
      await desk.shop.count(
        `select count(*) from history where subject_id = $1 and act = 'confirmUnlock' and chain is not null`,
        [id],
      ),
    ).toBe(1);
  });

  it('can fail, be tried again, fail again and be looked at by a person', async () => {
    const id = await submitted();
    expect((await act(id, 'fail')).body.status).toBe('FULFILMENT_FAILED');
    expect((await act(id, 'retry')).body).toMatchObject({ status: 'FULFILLING', stage: 'OEM_SUBMITTED' });
    expect((await act(id, 'review')).body.code).toBe('WRONG_STATE');
    await act(id, 'fail');
    expect((await act(id, 'review')).body.status).toBe('UNDER_REVIEW');
    const denied = await desk.act(id, 'deny', { reasons: ['NOT_UNLOCKABLE'], note: 'The maker cannot' });
    expect(denied.body.status).toBe('DENIED');
    expect(
      await desk.shop.count('select count(*) from unlock_grant where request_id = $1 and revoked_at is null', [id]),
    ).toBe(0);
  });

  it('is not tried again for a handset that was listed meanwhile', async () => {
    const handset = await desk.handset();
    const id = await submitted(handset);
    await act(id, 'fail');
    await desk.block(handset.imei14);
    expect((await act(id, 'retry')).body.code).toBe('HANDSET_BLOCKED');
    expect((await desk.get(id)).body.status).toBe('FULFILMENT_FAILED');
  });

  it('is not confirmed by hand where a code is waited for', async () => {
    await recipe('CODE');
    const { body } = await desk.ask(await desk.handset());
    expect((await act(body.id, 'complete')).body.code).toBe('WRONG_STATE');
    expect((await desk.get(body.id)).body.stage).toBe('AWAITING_CODE');
    await recipe('OEM_WHITELIST');
  });
});

describe('an unlock that was denied and then granted on appeal', () => {
  it('counts under the cap again', async () => {
    const handset = await desk.handset({ account: { good_standing: null } });
    const { body } = await desk.ask(handset);
    await desk.act(body.id, 'propose-approval', { reason: 'Known to the store' });
    await desk.act(body.id, 'approve', { reason: 'Known to me' }, desk.second);
    await act(body.id, 'fail');
    await desk.act(body.id, 'review', { reason: 'Look at it' });
    await desk.act(body.id, 'deny', { reasons: ['FRAUD_REVIEW'], note: 'Looks odd' });
    await desk.act(body.id, 'appeal', { reason: 'It is not' });
    await desk.act(body.id, 'propose-approval', { reason: 'It is not odd' });
    const approved = await desk.act(body.id, 'approve', { reason: 'Nor do I think so' }, desk.second);
    expect(approved.status).toBe(200);
    expect(
      await desk.shop.count('select count(*) from unlock_grant where request_id = $1 and revoked_at is null', [
        body.id,
      ]),
    ).toBe(1);
  });
});

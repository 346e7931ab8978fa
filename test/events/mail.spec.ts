import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { newImei } from '../unlock-requests/arrange.js';

type Behaviour = 'ACCEPT' | 'LATER' | 'NO_SUCH_ADDRESS' | 'HANG' | 'REFUSE_TEXT';

/** A mail server on this machine that does as the test tells it. */
class MailServer {
  does: Behaviour = 'ACCEPT';
  readonly taken: { to: string; messageId: string; text: string }[] = [];
  tried = 0;

  private constructor(readonly server: SMTPServer) {}

  static async open(): Promise<MailServer> {
    const made: { it?: MailServer } = {};
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, closeTimeout: 100 },
      onRcptTo: (_address, _session, done) => {
        const it = made.it!;
        it.tried++;
        if (it.does === 'LATER') return done(Object.assign(new Error('Try later'), { responseCode: 451 }));
        if (it.does === 'NO_SUCH_ADDRESS') return done(Object.assign(new Error('No such user'), { responseCode: 550 }));
        if (it.does !== 'HANG') done();
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const it = made.it!;
          if (it.does === 'REFUSE_TEXT') return done(Object.assign(new Error('Not here'), { responseCode: 554 }));
          const text = Buffer.concat(parts).toString();
          const messageId = /^Message-ID: (\S+)/im.exec(text)?.[1] ?? '';
          it.taken.push({ to: session.envelope.rcptTo[0]!.address, messageId, text });
          done();
        });
      },
    });
    server.on('error', () => undefined);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (made.it = new MailServer(server));
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close = (): Promise<void> => new Promise((closed) => this.server.close(() => closed()));
}

interface Row {
  id: string;
  status: string;
  attempts: number;
  seconds: number;
  erased: boolean;
}

describe('mail', () => {
  let shop: Shop;
  let outside: MailServer;
  let people = 0;
  const addresses: string[] = [];

  beforeAll(async () => {
    outside = await MailServer.open();
    shop = await openShop({
      SMTP_URL: outside.url,
      MAIL_TIMEOUT_MS: '300',
      MAIL_FROM: 'Carrier <unlock@carrier.example>',
    });
    await shop.db.query('update unlock_cap set hard = 100000');
  });
  afterAll(async () => {
    await shop.close();
    await outside.close();
  });
  beforeEach(async () => {
    await shop.db.query('delete from mail_message');
    outside.taken.length = 0;
    outside.tried = 0;
    outside.does = 'ACCEPT';
  });

  async function write(): Promise<string> {
    const email = `mail${++people}@example.com`;
    addresses.push(email);
    const { status } = await new Client(shop.url).post('/v1/self-service/unlock-requests', {
      ...{ identifier: newImei(), email },
    });
    expect(status).toBe(202);
    return email;
  }

  const row = () =>
    shop.one<Row>(
      `select id, status, attempts, extract(epoch from next_at - now())::int as seconds,
              to_sealed is null and content_sealed is null as erased from mail_message`,
    );

  async function until(wanted: (mail: Row) => boolean, ms = 5000): Promise<Row> {
    for (const end = Date.now() + ms; Date.now() < end; await pause(15)) {
      const found = await row();
      if (found && wanted(found)) return found;
    }
    throw new Error(`It does not come to that: ${JSON.stringify(await row())}`);
  }

  it('goes out within a second of the commit, and nothing is kept of it', async () => {
    const began = Date.now();
    const email = await write();
    const sent = await until(({ status }) => status === 'SENT');
    expect(Date.now() - began).toBeLessThan(1000);
    expect(sent).toMatchObject({ attempts: 1, erased: true });
    expect(outside.taken).toHaveLength(1);
    expect(outside.taken[0]).toMatchObject({ to: email, messageId: `<${sent.id}@carrier.example>` });
    expect(outside.taken[0]!.text).toContain('From: Carrier <unlock@carrier.example>');
  });

  it('is tried again after 1 and 5 minutes, 30, 2 hours and 6, then given up', async () => {
    outside.does = 'LATER';
    await write();
    const pauses: number[] = [];
    for (let attempts = 1; attempts <= 5; attempts++) {
      // While it is being tried it is leased for a minute; the first pause is as long.
      const tried = await until((mail) => mail.attempts === attempts && outside.tried === attempts);
      const marked = attempts === 1 ? tried : await until(({ seconds }) => seconds > 100);
      pauses.push(marked.seconds);
      // The first pause cannot be told from the lease: let it be written down before time moves on.
      if (attempts === 1) await pause(500);
      await shop.db.query('update mail_message set next_at = now()');
    }
    expect(pauses.map((seconds) => Math.round(seconds / 60))).toEqual([1, 5, 30, 120, 360]);
    expect(await until(({ status }) => status === 'FAILED')).toMatchObject({ attempts: 6, erased: true });
    expect([outside.tried, outside.taken.length]).toEqual([6, 0]);
  });

  it.each(['NO_SUCH_ADDRESS', 'REFUSE_TEXT'] as const)('is given up at once when refused for good: %s', async (no) => {
    outside.does = no;
    await write();
    expect(await until(({ status }) => status === 'FAILED')).toMatchObject({ attempts: 1, erased: true });
  });

  it('waits for a server that hangs no longer than agreed, and comes through when it is back', async () => {
    outside.does = 'HANG';
    await write();
    await until(({ attempts }) => attempts === 1);
    await pause(600);
    expect(await row()).toMatchObject({ status: 'QUEUED', attempts: 1, erased: false });
    outside.does = 'ACCEPT';
    // Until it has given up waiting it still has the mail in hand; then time moves on for it.
    await until(({ status }) => status === 'QUEUED');
    await pause(1500);
    await shop.db.query('update mail_message set next_at = now()');
    const { id } = await until(({ status }) => status === 'SENT');
    expect(outside.taken.map(({ messageId }) => messageId)).toEqual([`<${id}@carrier.example>`]);
  });

  it('is not sent once it is of no use', async () => {
    outside.does = 'LATER';
    await write();
    await until(() => outside.tried === 1);
    await pause(200);
    outside.does = 'ACCEPT';
    await shop.db.query(`update mail_message set useful_until = now() - interval '1 second', next_at = now()`);
    expect(await until(({ status }) => status === 'FAILED')).toMatchObject({ erased: true });
    expect(outside.taken).toEqual([]);
  });

  it('is sent again, under the same Message-ID, when a crash came between the server and the mark', async () => {
    outside.does = 'LATER';
    await write();
    await until(() => outside.tried === 1);
    await pause(200);
    outside.does = 'ACCEPT';
    // The mark is refused behind the program's back: the mail has gone out and still stands as queued.
    await shop.db.query(`alter table mail_message add constraint planted_ck check (status <> 'SENT')`);
    await shop.db.query('update mail_message set next_at = now()');
    for (const end = Date.now() + 5000; Date.now() < end && !outside.taken.length;) await pause(15);
    await pause(200);
    expect((await row()).status).toBe('QUEUED');
    await shop.db.query('alter table mail_message drop constraint planted_ck');
    await shop.db.query('update mail_message set next_at = now()');
    const { id } = await until(({ status }) => status === 'SENT');
    expect(outside.taken.map(({ messageId }) => messageId)).toEqual(Array(2).fill(`<${id}@carrier.example>`));
  });

  it('goes out once when many are queued at once', async () => {
    await Promise.all(Array.from({ length: 20 }, write));
    for (const end = Date.now() + 5000; Date.now() < end && outside.taken.length < 20;) await pause(20);
    await pause(300);
    const ids = outside.taken.map(({ messageId }) => messageId);
    expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
  });

  it('is counted, and neither address nor text stands in the log or in the database', async () => {
    outside.does = 'LATER';
    await write();
    await until(({ attempts }) => attempts === 1);
    await pause(400);
    const told = await (await fetch(`${shop.url}/metrics`)).text();
    expect(told).toMatch(/^mails_queued 1$/m);
    expect(told).toMatch(/^mails_total\{outcome="LATER"\} \d+$/m);
    const output = shop.server.output();
    const stored = JSON.stringify((await shop.db.query('select mail_message::text from mail_message')).rows);
    for (const secret of [...addresses, '#confirm=', 'Confirm your unlock']) {
      expect([output.includes(secret), stored.includes(secret)]).toEqual([false, false]);
    }
    expect(output).toContain('mail not taken');
  });
});

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { DevTokens } from '../../src/local/dev-tokens.js';
import { imeiOf15 } from '../../src/values/check-digits.js';
import { Connection, measure, type Measured } from './load.js';
import { LIKE_NEW } from './trade-in-data.js';
import { deviceOf, maybeUnlocked } from './unlock-data.js';

/** Trade-ins from the IMEI to the credit on the bill. */
export interface CounterVisits {
  connections: number;
  /** A whole visit of seven calls, one after the other: visits a second, and the time of one. */
  visits: Measured;
}

const seller = () => ({
  ...{ name: `Seller ${randomUUID()}`, bornOn: '1985-04-12', address: '12 Pine Street, Seattle WA 98101' },
  ...{ paper: 'DRIVING_LICENCE', paperNumber: randomUUID().slice(0, 12).toUpperCase(), paperExpiresOn: '2099-01-01' },
  statements: ['OWNER', 'DATA_REMOVED'],
});

/** Every visit brings another handset: these are none of those that were handed in before on this data set. */
export async function handsetsToBring(db: pg.Client, devices: number): Promise<() => number> {
  const { rows } = await db.query<{ visits: number }>('select count(*)::int as visits from trade_in');
  // Refused visits took a number as well.
  let next = rows[0]!.visits * 2;
  return () => {
    do next++;
    while (!maybeUnlocked(next));
    if (next >= devices) throw new Error('Every handset of the data set has been handed in: remove its directory.');
    return next;
  };
}

export async function measureCounterVisits(
  at: { port: number; tokens: DevTokens; seconds: number },
  next: () => number,
  connections: number,
): Promise<CounterVisits> {
  const tills = Array.from({ length: connections }, () => new Till(at.port, at.tokens.associate));
  const visits = await measure(connections, at.seconds, 1, (caller) => tills[caller]!.visit(next()));
  for (const till of tills) till.close();
  return { connections, visits };
}

interface Named {
  id: string;
  status: string;
  terms: { hash: string };
}

class Till {
  private readonly line: Connection;

  constructor(
    port: number,
    private readonly token: string,
  ) {
    this.line = new Connection(port);
  }

  /** @returns whether the customer has the credit */
  async visit(n: number): Promise<boolean> {
    const { imei14, accountId } = deviceOf(n);
    const identifier = imeiOf15(imei14);
    await this.post('/v1/identify', { identifier });
    await this.post('/v1/trade-in-questions', { identifier });
    const offer = { identifier, accountId, channel: 'IN_STORE', answers: LIKE_NEW };
    const quote = await this.post<Named>('/v1/trade-in-quotes', offer);
    const agreed = { planCode: 'BILL_CREDIT', termsHash: quote.terms.hash, seller: seller() };
    const { id } = await this.post<Named>(`/v1/trade-in-quotes/${quote.id}/accept`, agreed);
    await this.post(`/v1/trade-ins/${id}/hand-over`, { identifier, sealedBag: `B-${n}` });
    await this.post(`/v1/trade-ins/${id}/inspect`, { identifier, answers: LIKE_NEW });
    const settled = await this.post<Named>(`/v1/trade-ins/${id}/settle`, {});
    return settled.status === 'SETTLED';
  }

  close(): void {
    this.line.close();
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}`, 'idempotency-key': randomUUID() };
    const answer = await this.line.ask({ method: 'POST', path, headers, body: JSON.stringify(body) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body.toString()}`);
    return JSON.parse(answer.body.toString()) as T;
  }
}

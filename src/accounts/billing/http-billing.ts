import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { refuseUnstorable } from '../../platform/http/wholesome.js';
import { OutsideFailure, OutsideSystem } from '../../platform/outside-call.js';
import { log } from '../../platform/log.js';
import type { Settings } from '../../platform/settings.js';
import type { Billing, BillingFacts, BillingQuestion } from '../billing-facts.js';
import { BillingAnswerDto, type BillingFactDto, MOST_QUESTIONS } from './billing-answer.dto.js';

const MOST_BYTES = 16 * 1024 * 1024;

type Asked = Pick<Settings, 'BILLING_URL' | 'BILLING_TIMEOUT_MS' | 'BILLING_TOKEN'>;

/** A billing system of its own, asked over HTTP; its contract is openapi/ports/billing.json. */
export class HttpBilling implements Billing {
  private readonly system: OutsideSystem;
  private readonly url: string;
  private readonly source: string;

  constructor(
    private readonly settings: Asked,
    restMs?: number,
  ) {
    this.url = `${settings.BILLING_URL.replace(/\/+$/, '')}/facts`;
    this.source = new URL(this.url).host;
    this.system = new OutsideSystem('billing', {
      timeoutMs: settings.BILLING_TIMEOUT_MS,
      mostBytes: MOST_BYTES,
      restMs,
    });
  }

  async factsOf(questions: readonly BillingQuestion[]): Promise<BillingFacts[]> {
    const facts: BillingFacts[] = [];
    for (let at = 0; at < questions.length; at += MOST_QUESTIONS) {
      facts.push(...(await this.someOf(questions.slice(at, at + MOST_QUESTIONS))));
    }
    return facts;
  }

  /** Late, broken or wrong in one place: nothing of it is taken. */
  private async someOf(questions: readonly BillingQuestion[]): Promise<BillingFacts[]> {
    const asOf = new Date().toISOString();
    const said = await this.ask(questions);
    return questions.map((_, at) => ({
      source: this.source,
      asOf,
      reachable: said !== undefined,
      device: said?.[at]!.device ?? null,
      line: said?.[at]!.line ?? null,
    }));
  }

  private async ask(questions: readonly BillingQuestion[]): Promise<BillingFactDto[] | undefined> {
    const { BILLING_TOKEN } = this.settings;
    try {
      const answer = await this.system.ask(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(BILLING_TOKEN ? { authorization: `Bearer ${BILLING_TOKEN}` } : {}),
        },
        body: JSON.stringify({ questions }),
      });
      return factsIn(answer, questions);
    } catch (failed) {
      const reason = failed instanceof OutsideFailure ? failed.reason : 'NOT_AS_AGREED';
      log.warn({ system: 'billing', reason }, 'billing could not be asked');
      return undefined;
    }
  }
}

/** The facts in an answer. Fields beyond the contract are passed over. @throws Error when it is not as agreed. */
export function factsIn(answer: unknown, questions: readonly BillingQuestion[]): BillingFactDto[] {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new Error('not an object');
  refuseUnstorable(answer, 'body');
  const read = plainToInstance(BillingAnswerDto, answer);
  const faults = validateSync(read, { whitelist: true, stopAtFirstError: true });
  if (faults.length || read.facts.length !== questions.length) throw new Error('not as agreed');
  const mixedUp = read.facts.some(({ imei14, line }, at) => {
    const { imei14: asked, lineId } = questions[at]!;
    return imei14 !== asked || (lineId !== undefined && line !== null && line.lineId !== lineId);
  });
  if (mixedUp) throw new Error('answers other questions');
  return read.facts;
}

import { setTimeout as pause } from 'node:timers/promises';
import { log } from './log.js';
import { outsideCalls } from './metrics.js';

const TRIES = 3;
const FAILURES_IN_A_ROW = 5;

/** Why a system outside gave nothing that can be used; `status` when it answered at all. */
export class OutsideFailure extends Error {
  constructor(
    readonly reason: 'NOT_ASKED' | 'NO_ANSWER' | 'STATUS' | 'TOO_LARGE' | 'NOT_JSON',
    readonly status?: number,
  ) {
    super(reason);
  }
}

interface Limits {
  timeoutMs: number;
  /** Bytes of the largest answer read. */
  mostBytes: number;
  /** How long a system in trouble is left alone. */
  restMs?: number;
}

/** A system outside that may be late, broken or gone: nobody waits for it longer than agreed. */
export class OutsideSystem {
  private failures = 0;
  private restsUntil = 0;

  constructor(
    readonly name: string,
    private readonly limits: Limits,
  ) {}

  /**
   * The JSON it answers with 200. Asked again, at most twice, when it did not answer or said 5xx, so only what can be
   * asked twice. After five such failures in a row it is left alone for a while; then one call tries whether it is back.
   * @throws OutsideFailure
   */
  ask(url: string, request: RequestInit, until = Infinity): Promise<unknown> {
    return this.exchange(url, request, (answer) => this.json(answer), until);
  }

  /**
   * The same for what is no JSON: `take` makes of the answer what is wanted, or throws an OutsideFailure.
   * @throws OutsideFailure
   */
  async exchange<T>(
    url: string,
    request: RequestInit,
    take: (answer: Response) => Promise<T>,
    until = Infinity,
  ): Promise<T> {
    let failure = new OutsideFailure('NOT_ASKED');
    for (let tried = 1; ; tried++) {
      if (!this.mayBeAsked(until)) throw this.counted(failure);
      try {
        const answer = await this.attempt(url, request, take, until);
        outsideCalls.inc({ system: this.name, outcome: 'OK' });
        return answer;
      } catch (thrown) {
        failure = thrown instanceof OutsideFailure ? thrown : new OutsideFailure('NO_ANSWER');
        if (!passes(failure) || tried === TRIES) throw this.counted(failure);
        await pause(Math.min(50 * 2 ** tried * (0.5 + Math.random()), Math.max(until - Date.now(), 0)));
      }
    }
  }

  private mayBeAsked(until: number): boolean {
    const now = Date.now();
    if (now >= until || now < this.restsUntil) return false;
    // Of many that wait for the end of the rest, one tries.
    if (this.failures >= FAILURES_IN_A_ROW) this.restsUntil = now + (this.limits.restMs ?? 10_000);
    return true;
  }

  private async json(answer: Response): Promise<unknown> {
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new OutsideFailure('STATUS', answer.status);
    }
    return JSON.parse((await bytesWithin(answer, this.limits.mostBytes)).toString('utf8'));
  }

  private async attempt<T>(
    url: string,
    request: RequestInit,
    take: (answer: Response) => Promise<T>,
    until: number,
  ): Promise<T> {
    const given = new AbortController();
    const ms = Math.min(this.limits.timeoutMs, until - Date.now());
    const timer = setTimeout(() => given.abort(), ms);
    try {
      const taken = await take(await fetch(url, { ...request, redirect: 'manual', signal: given.signal }));
      this.recovered();
      return taken;
    } catch (thrown) {
      if (thrown instanceof SyntaxError) {
        this.recovered();
        throw new OutsideFailure('NOT_JSON');
      }
      if (thrown instanceof OutsideFailure && !passes(thrown)) this.recovered();
      // Cut short by the caller's own deadline, it says nothing of the system.
      else if (thrown instanceof OutsideFailure || ms === this.limits.timeoutMs) this.failed();
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  private recovered(): void {
    this.failures = 0;
    this.restsUntil = 0;
  }

  private failed(): void {
    if (++this.failures < FAILURES_IN_A_ROW) return;
    this.restsUntil = Date.now() + (this.limits.restMs ?? 10_000);
    log.warn({ system: this.name, failures: this.failures }, 'a system outside does not answer and is left alone');
  }

  private counted(failure: OutsideFailure): OutsideFailure {
    outsideCalls.inc({ system: this.name, outcome: failure.reason });
    return failure;
  }
}

/** Trouble that may be over when asked again. */
const passes = ({ reason, status = 0 }: OutsideFailure): boolean => reason === 'NO_ANSWER' || status >= 500;

/** What a system outside answers, of which no more is read than agreed. @throws OutsideFailure */
export async function bytesWithin({ body }: Response, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += (part as Uint8Array).length;
    if (bytes > most) throw new OutsideFailure('TOO_LARGE');
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts);
}

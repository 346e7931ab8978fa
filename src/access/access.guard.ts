import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../platform/caller.js';
import { callerLimiter } from '../platform/http/capacity.js';
import type { AuthorisedRequest } from '../platform/http/act.decorator.js';
import { PUBLIC } from '../platform/http/public.decorator.js';
import { TooManyRequests } from '../platform/problems.js';
import { SETTINGS_TOKEN, type Settings } from '../platform/settings.js';
import { NotAllowed } from './access.errors.js';
import { RIGHT } from './allow.decorator.js';
import { Tokens } from './tokens.js';

interface Door {
  isOpen: boolean;
  right: string | undefined;
}

/** Who is calling, may they, and have they not asked too often. An operation without a declared right is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly limiter;
  private readonly doors = new Map<NewableFunction | CallableFunction, Door>();

  constructor(
    private readonly tokens: Tokens,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {
    this.limiter = callerLimiter(settings);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const door = this.doorOf(context);
    if (door.isOpen) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<AuthorisedRequest>();
    const known = this.tokens.callerOf(request.headers.authorization);
    const caller = known instanceof Promise ? await known : known;
    request.caller = caller;
    await this.count(caller, http.getResponse<FastifyReply>());
    const { right } = door;
    if (!right || !caller.scopes.has(right)) throw new NotAllowed(`This needs the right ${right ?? 'nobody has'}.`);
    return true;
  }

  /** What the handler declares; the same every time, and asked at every request. */
  private doorOf(context: ExecutionContext): Door {
    const handler = context.getHandler();
    let door = this.doors.get(handler);
    if (!door) {
      const isOpen = Boolean(Reflect.getMetadata(PUBLIC, handler) ?? Reflect.getMetadata(PUBLIC, context.getClass()));
      door = { isOpen, right: Reflect.getMetadata(RIGHT, handler) as string | undefined };
      this.doors.set(handler, door);
    }
    return door;
  }

  /** Headers of draft-ietf-httpapi-ratelimit-headers; the limit is per process. */
  private async count(caller: Caller, reply: FastifyReply): Promise<void> {
    const policy = `"minute";q=${this.settings.RATE_LIMIT_PER_MINUTE};w=60`;
    let state: RateLimiterRes;
    try {
      state = await this.limiter.consume(caller.subject);
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over;
      void reply.header('ratelimit-policy', policy);
      const problem = new TooManyRequests('Slow down; Retry-After says when to go on.');
      problem.retryAfter = Math.ceil(over.msBeforeNext / 1000);
      throw problem;
    }
    void reply.header('ratelimit-policy', policy);
    void reply.header('ratelimit', `"minute";r=${state.remainingPoints};t=${Math.ceil(state.msBeforeNext / 1000)}`);
  }
}

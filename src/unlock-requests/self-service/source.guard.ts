import { applyDecorators, type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { isIPv6 } from 'node:net';
import type { AuthorisedRequest } from '../../platform/http/act.decorator.js';
import { Public } from '../../platform/http/public.decorator.js';
import { Vault } from '../../platform/secrets/vault.js';

/** Where a request comes from, as it is counted: an IPv6 subscriber has the whole of a /64. */
export function sourceOf(address: string): string {
  const ip = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(ip)) return ip;
  const [front = '', back = ''] = ip.split('::').map((half) => half.toLowerCase());
  const [before, after] = [front.split(':').filter(Boolean), back.split(':').filter(Boolean)];
  const gap = ip.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  return [...before, ...gap, ...after].slice(0, 4).join(':');
}

/**
 * Makes a caller of a stranger: their source, as a keyed hash. Their idempotency keys are their source's own, and
 * what they do is told apart in the history without their address being kept.
 */
@Injectable()
export class SourceGuard implements CanActivate {
  constructor(private readonly vault: Vault) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthorisedRequest>();
    const hash = this.vault.hash('source', sourceOf(request.ip)).toString('hex');
    request.caller = { subject: `source:${hash}`, role: 'CUSTOMER', scopes: new Set() };
    return true;
  }
}

/** Open to strangers, who are known by their source. */
export const ByStrangers = () => applyDecorators(Public(), UseGuards(SourceGuard));

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { NotFound } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { readShortNumber } from '../../values/short-number.js';
import { Caps } from '../caps/caps.service.js';
import { UnlockRequest } from '../requests/unlock-request.entity.js';
import { isTokenOf, tokenHash } from './proofs.js';
import type { OwnUnlockDto } from './self-service.dto.js';

/** Who may see a request: whoever has its link, or its number and access token. Every wrong try of a source is counted. */
@Injectable()
export class Door {
  constructor(
    private readonly db: DataSource,
    private readonly caps: Caps,
    private readonly vault: Vault,
  ) {}

  /** The request of a mailed link, whatever has become of it. @throws NotFound, TooManyRequests */
  async byLink({ subject }: Caller, token: string): Promise<UnlockRequest> {
    const tried = await this.caps.spend({ SOURCE: subject }, 'CONFIRM');
    const request = await this.db.manager.findOneBy(UnlockRequest, { confirmHash: tokenHash(token) });
    if (!request) throw new NotFound('This link is not known. Ask for a new one.');
    await tried.giveBack();
    return request;
  }

  /** @throws NotFound, TooManyRequests */
  async byPair({ subject }: Caller, { number, accessToken }: OwnUnlockDto): Promise<UnlockRequest> {
    const tried = await this.caps.spend({ SOURCE: subject }, 'STATUS');
    const read = readShortNumber(number);
    // Looked for even when it cannot be one, so that a wrong try takes as long as any other.
    const known = await this.db.manager.findOneBy(UnlockRequest, { number: typeof read === 'string' ? read : '' });
    if (!isTokenOf(accessToken, known?.accessHash) || !known) {
      throw new NotFound('No request has this number and access token.');
    }
    await tried.giveBack();
    return known;
  }

  /**
   * The access token that confirming with a link gives. It is made anew from the link whenever it is needed, so that
   * a repeated confirmation gives the same one without its being stored.
   */
  accessToken = (requestId: string, token: string): string =>
    this.vault.hash('access-token', `${requestId}|${token}`).toString('base64url');

  /** The keyed hash of a one-time code: six digits alone would be tried out in no time. */
  codeHash = (requestId: string, code: string): Buffer => this.vault.hash('one-time-code', `${requestId}|${code}`);
}

import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { PaperDesk } from '../documents/paper-desk.js';
import { lockRequest } from '../requests/own-requests.js';
import { Door } from './door.js';
import type { OwnUnlockDto } from './self-service.dto.js';
import { readStatus } from './status.query.js';
import type { UnlockStatusView } from './status.view.js';

/** Papers of whoever has confirmed a request, handed in from home. */
@Injectable()
export class OwnPapers {
  constructor(
    private readonly acts: Acts,
    private readonly door: Door,
    private readonly desk: PaperDesk,
  ) {}

  /** @throws InvalidInput, NotFound, TooManyRequests, WrongState */
  async handIn(call: Call, own: OwnUnlockDto, type: string, paper: Buffer): Promise<UnlockStatusView> {
    const { id } = await this.door.byPair(call.caller, own);
    const sealed = await this.desk.seal(id, type, paper);
    return this.acts.once(provenBy(call, own), async (tx) => {
      await this.desk.take(tx, call, await lockRequest(tx, id), sealed);
      return readStatus(tx, id);
    });
  }
}

/** The proof is part of what was asked: under the same key, with another proof, it is another request. */
function provenBy(call: Call, { number, accessToken }: OwnUnlockDto): Call {
  const requestHash = createHash('sha256').update(call.requestHash).update(`${number} ${accessToken}`).digest();
  return { ...call, requestHash };
}

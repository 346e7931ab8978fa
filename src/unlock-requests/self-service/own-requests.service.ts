import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call, Caller } from '../../platform/caller.js';
import { moveRequest } from '../requests/moves.js';
import { lockRequest } from '../requests/own-requests.js';
import { UnlockOwners } from '../requests/owners.service.js';
import { Door } from './door.js';
import type { NoteOwnAttemptsDto, OwnUnlockDto, ReasonedOwnUnlockDto, ReportOwnUnlockDto } from './self-service.dto.js';
import { readStatus } from './status.query.js';
import type { UnlockStatusView } from './status.view.js';

/** What whoever has confirmed a request may ask about it and do with it. */
@Injectable()
export class OwnRequests {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly door: Door,
    private readonly owners: UnlockOwners,
  ) {}

  /** @throws NotFound, TooManyRequests */
  async status(caller: Caller, form: OwnUnlockDto): Promise<UnlockStatusView> {
    const { id } = await this.door.byPair(caller, form);
    return readStatus(this.db, id);
  }

  /** @throws NotFound, TooManyRequests, WrongState */
  report(call: Call, form: ReportOwnUnlockDto): Promise<UnlockStatusView> {
    return this.act(call, form, (tx, id) => this.owners.reported(tx, call, id, form));
  }

  /** @throws NotFound, TooManyRequests, WrongState, AppealTooLate, DuplicateUnlockRequest */
  appeal(call: Call, form: ReasonedOwnUnlockDto): Promise<UnlockStatusView> {
    return this.act(call, form, (tx, id) => this.owners.appealed(tx, call, id, form.reason));
  }

  /** @throws NotFound, TooManyRequests, WrongState */
  cancel(call: Call, form: ReasonedOwnUnlockDto): Promise<UnlockStatusView> {
    return this.act(call, form, async (tx, id) =>
      moveRequest(tx, call, await lockRequest(tx, id), 'cancel', { reason: form.reason }),
    );
  }

  /** @throws NotFound, TooManyRequests */
  noteAttempts(call: Call, form: NoteOwnAttemptsDto): Promise<UnlockStatusView> {
    return this.act(call, form, (tx, id) => this.owners.attemptsNoted(tx, id, form.attemptsLeft));
  }

  private async act(
    call: Call,
    form: OwnUnlockDto,
    step: (tx: EntityManager, id: string) => Promise<unknown>,
  ): Promise<UnlockStatusView> {
    const { id } = await this.door.byPair(call.caller, form);
    return this.acts.once(call, async (tx) => {
      await step(tx, id);
      return readStatus(tx, id);
    });
  }
}

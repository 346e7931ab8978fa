import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { type Moved, moveOrder, tellOfOrder } from './locked-order.js';
import type { RefurbReasonDto } from './refurb-order.dto.js';
import type { OrderState } from './refurb-order.lifecycle.js';
import type { RefurbOrderView } from './refurb-order.view.js';
import { readOrder } from './refurb-orders.query.js';
import { ProofMissing } from './refurbishment.errors.js';

/** The stations of a work order, each with its proof. */
@Injectable()
export class RefurbProgress {
  constructor(private readonly acts: Acts) {}

  /** Takes the certificate of the handset's erasure for done. @throws NotFound, Stale, WrongState, UnitOnHold, ProofMissing */
  confirmErasure(call: Call, id: string): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'confirmErasure' });
      const certificateId = await passedCertificate(tx, moved.held.id);
      await tellOfOrder(tx, call, moved, { act: 'confirmErasure', details: { certificateId } });
      return readOrder(tx, null, id);
    });
  }

  /** Takes the report made since the work began for done. @throws NotFound, Stale, WrongState, UnitOnHold, ProofMissing */
  confirmTests(call: Call, id: string): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'confirmTests' });
      const details = await fullReport(tx, moved);
      await tellOfOrder(tx, call, moved, { act: 'confirmTests', details });
      return readOrder(tx, null, id);
    });
  }

  /** Sends it back to the bench. @throws NotFound, Stale, WrongState */
  rework(call: Call, id: string, { reason }: RefurbReasonDto): Promise<RefurbOrderView> {
    return this.waited(call, id, { act: 'rework', reason });
  }

  /** Puts it on hold, as it stands; even a handset that the law holds may wait. @throws NotFound, Stale, WrongState */
  hold(call: Call, id: string, { reason }: RefurbReasonDto): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const heldFrom = await statusOf(tx, call, id);
      const also = heldFrom === undefined ? {} : { heldFrom, holdReason: reason };
      const moved = await moveOrder(tx, call, id, { act: 'hold', also, evenOnHold: true });
      await tellOfOrder(tx, call, moved, { act: 'hold', reason });
      return readOrder(tx, null, id);
    });
  }

  /** Goes on where it was put on hold. @throws NotFound, Stale, WrongState, UnitOnHold */
  resume(call: Call, id: string): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const [order]: { held_from: OrderState | null }[] = await tx.query(
        'select held_from from refurb_order where id = $1 for update',
        [id],
      );
      const back = order?.held_from ? { to: order.held_from } : {};
      const moved = await moveOrder(tx, call, id, { act: 'resume', also: { heldFrom: null }, ...back });
      await tellOfOrder(tx, call, moved, { act: 'resume' });
      return readOrder(tx, null, id);
    });
  }

  private waited(call: Call, id: string, { act, reason }: { act: 'rework'; reason: string }): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act });
      await tellOfOrder(tx, call, moved, { act, reason });
      return readOrder(tx, null, id);
    });
  }
}

async function statusOf(tx: EntityManager, call: Call, id: string): Promise<OrderState | undefined> {
  const [order]: { status: OrderState }[] = await tx.query(
    'select status from refurb_order where id = $1 and ($2::uuid is null or location_id = $2) for update',
    [id, boundTo(call.caller)],
  );
  return order?.status;
}

/** The latest certificate of the holding, which passed. @throws ProofMissing */
export async function passedCertificate(tx: EntityManager, holdingId: string): Promise<string> {
  const [latest]: { id: string; result: string; method: string }[] = await tx.query(
    `select id, result, method from erasure_certificate where holding_id = $1
     order by performed_at desc, id desc limit 1`,
    [holdingId],
  );
  if (latest?.result === 'PASS' && latest.method !== 'DESTROY') return latest.id;
  throw new ProofMissing('Its latest erasure has no certificate that it passed.', { proof: 'ERASURE_CERTIFICATE' });
}

/** The latest report of the holding, tested since the work began (clocks differ by a minute at most) and with nothing left untested. @throws ProofMissing */
async function fullReport(tx: EntityManager, { order, held }: Moved): Promise<Readonly<Record<string, unknown>>> {
  const [latest]: { id: string; functional: number | null; untested: string[]; fresh: boolean }[] = await tx.query(
    `select id, functional, untested, recorded_at >= $2 and performed_at >= $2 - interval '1 minute' as fresh
     from diagnostic_report where holding_id = $1
     order by recorded_at desc, id desc limit 1`,
    [held.id, order.startedAt],
  );
  if (latest?.fresh && latest.functional !== null) return { reportId: latest.id, functional: latest.functional };
  const untested = latest?.fresh ? latest.untested : [];
  throw new ProofMissing('It has no report of all tests since the work began.', {
    ...{ proof: 'DIAGNOSTIC_REPORT', untested },
  });
}

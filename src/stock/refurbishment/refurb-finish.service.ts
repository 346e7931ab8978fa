import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { SkuMaking } from '../../devices/skus/sku-making.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { InvalidInput } from '../../platform/problems.js';
import { type GradeProfile, retailGrade } from '../standards/grade-profile.js';
import { Standards } from '../standards/standards.js';
import { moveUnit } from '../units/moved-unit.js';
import type { OpenHolding } from '../units/open-holding.js';
import { recordInspection } from '../units/recorded-inspection.js';
import { moveOrder, tellOfOrder } from './locked-order.js';
import { releaseParts } from './parts-stock.js';
import type { CloseRefurbOrderDto, GiveUpRefurbOrderDto, GradeRefurbOrderDto } from './refurb-order.dto.js';
import type { OrderOutcome } from './refurb-order.lifecycle.js';
import type { RefurbOrderView } from './refurb-order.view.js';
import { readOrder } from './refurb-orders.query.js';
import { passedCertificate } from './refurb-progress.service.js';
import { NoRetailGrade } from './refurbishment.errors.js';

const WORST_FUNCTIONAL = 2;

/** The end of a work order: graded and closed, or given up. */
@Injectable()
export class RefurbFinish {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
    private readonly skus: SkuMaking,
  ) {}

  /**
   * Grades the handset by the profile in force; it becomes the refurbished SKU of that grade, which is made when missing.
   * @throws NotFound, Stale, WrongState, UnitOnHold, ProofMissing, NoRetailGrade, InvalidInput
   */
  async grade(call: Call, id: string, form: GradeRefurbOrderDto): Promise<RefurbOrderView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'grade' });
      const { held } = moved;
      const grade = gradeOf(profile, held, form);
      const erasureCertificate = await passedCertificate(tx, held.id);
      const variantId = await variantOf(tx, held.unit_id);
      const skuId = await this.skus.ensure(tx, call, { variantId, condition: 'REFURBISHED', grade });
      const found = { ...form, skuId, functional: held.functional!, erasure: 'PASS' as const, erasureCertificate };
      await recordInspection(tx, call, held, found, profile, held.disposition);
      await tx.query('update refurb_order set grade = $2 where id = $1', [id, grade]);
      await tellOfOrder(tx, call, moved, { act: 'grade', details: { grade, profile: profile.version, skuId } });
      return readOrder(tx, null, id);
    });
  }

  /** Closes the order; the handset waits for the gate. @throws NotFound, Stale, WrongState, UnitOnHold */
  close(call: Call, id: string, { outcome }: CloseRefurbOrderDto): Promise<RefurbOrderView> {
    return this.done(call, id, 'close', outcome);
  }

  /**
   * Gives the order up; what was spent stays on the handset's cost, and triage decides anew.
   * @throws NotFound, Stale, WrongState
   */
  giveUp(call: Call, id: string, { outcome }: GiveUpRefurbOrderDto): Promise<RefurbOrderView> {
    return this.done(call, id, 'giveUp', outcome);
  }

  private done(call: Call, id: string, act: 'close' | 'giveUp', outcome: OrderOutcome): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const also = { outcome, heldFrom: null, closedAt: () => 'now()' };
      const moved = await moveOrder(tx, call, id, { act, also, evenOnHold: act === 'giveUp' });
      await releaseParts(tx, call, id);
      const cause = { reason: outcome, documentId: id };
      await moveUnit(tx, call, moved.held, act === 'close' ? 'finishRefurb' : 'giveUpRefurb', cause);
      await tellOfOrder(tx, call, moved, { act, reason: outcome });
      return readOrder(tx, null, id);
    });
  }
}

/** @throws NoRetailGrade, InvalidInput when a minor fault is not told of */
function gradeOf(profile: GradeProfile, held: OpenHolding, form: GradeRefurbOrderDto): SkuGrade {
  const { functional } = held;
  const grade = functional === null ? null : retailGrade(profile, { ...form, functional });
  if (grade === null) {
    const detail = 'Work on it again, or give it up: no grade of the profile takes it as it is.';
    throw new NoRetailGrade(detail, { profile: profile.version, functional });
  }
  if (functional === WORST_FUNCTIONAL && form.disclosure === undefined) {
    const detail = 'Say what the buyer is told of the minor fault.';
    throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/disclosure', code: 'REQUIRED', detail }]);
  }
  return grade;
}

async function variantOf(tx: EntityManager, unitId: string): Promise<string> {
  const [unit]: { variant_id: string }[] = await tx.query('select variant_id from stock_unit where id = $1', [unitId]);
  return unit!.variant_id;
}

import { newId } from '../../src/values/id.js';
import type { Shop } from '../support/shop.js';

const LOT = 'lot of the world';

export const ENTITLEMENT = {
  ...{ kind: 'LOT_BUYER', owner: 'Second Life Inc.', ownerSubject: 'refurbisher-1', lots: [LOT], unlockLimit: 1000 },
  endsOn: '2090-01-01',
};

/** Entitlements at each station of their life, and batches that nobody has decided yet, each of one handset. */
export async function entitled({ make }: Shop, imeis: readonly string[], count: number) {
  const entitlements: string[] = [];
  const batches: string[] = [];
  for (const imei of imeis) await make.insert('unlock_lot_device', { lot: LOT, imei14: imei.slice(0, 14) });
  for (let at = 0; at < count * 2; at++) {
    const status = ['ACTIVE', 'ACTIVE', 'PROPOSED'][at % 3]!;
    const approved = status === 'ACTIVE' ? { approved_by: 'desk-2', recertify_by: '2090-01-01' } : {};
    entitlements.push(
      await make.insert('unlock_entitlement', {
        ...{
          id: newId(),
          code: `W-${at}`,
          kind: 'LOT_BUYER',
          owner: 'Second Life Inc.',
          owner_subject: 'refurbisher-1',
        },
        ...{ lots: [LOT], account_ids: [], unlock_limit: 1000, ends_on: '2090-01-01', status, authored_by: 'desk-1' },
        ...approved,
      }),
    );
  }
  // Under one of their own, so that nothing has happened to it before they are decided.
  const kept = await make.insert('unlock_entitlement', {
    ...{ id: newId(), code: 'W-KEPT', kind: 'LOT_BUYER', owner: 'Second Life Inc.', owner_subject: 'refurbisher-1' },
    ...{ lots: [LOT], account_ids: [], unlock_limit: 1000, ends_on: '2090-01-01', status: 'ACTIVE' },
    ...{ authored_by: 'desk-1', approved_by: 'desk-2', recertify_by: '2090-01-01' },
  });
  for (let at = 0; at < count; at++) {
    const batch = { id: newId(), entitlement_id: kept, status: 'PROPOSED', note: 'Of the lot', authored_by: 'desk-1' };
    batches.push(await make.insert('unlock_batch', batch));
    const imei14 = imeis[at % imeis.length]!.slice(0, 14);
    await make.insert('unlock_batch_item', { batch_id: batch.id, n: 1, imei14 });
  }
  return { entitlements, batches };
}

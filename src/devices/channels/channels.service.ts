import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { settingFor } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { newId } from '../../values/id.js';
import { lockSku } from '../skus/skus.query.js';
import type { SetSkuChannelsDto } from './channels.dto.js';
import type { Channel } from './channels.js';
import type { SkuChannelsView } from './channels.view.js';

/** The acts on where and how a SKU may be bought. */
@Injectable()
export class Channels {
  constructor(private readonly acts: Acts) {}

  /** @throws NotFound for the SKU, the location, or any place but the own store of a caller who is bound to one */
  set(call: Call, skuId: string, { locationId, channels }: SetSkuChannelsDto): Promise<SkuChannelsView> {
    const place = settingFor(call.caller, locationId);
    return this.acts.once(call, async (tx) => {
      await lockSku(tx, skuId);
      const before = await replace(tx, skuId, place, channels);
      const after = { locationId: place, channels };
      const told = { subjectKind: 'sku', subjectId: skuId, act: 'setChannels', details: { before, ...after } };
      await recordAct(tx, call, { ...told, locationId });
      await publish(tx, call, {
        type: 'sku.channels-set',
        aggregateKind: 'sku',
        aggregateId: skuId,
        locationId,
        payload: after,
      });
      return after;
    });
  }
}

const PLACE = 'sku_id = $1 and location_id is not distinct from $2::uuid';

/** @returns the channels as they were, null when there were none of this place's own. */
async function replace(tx: EntityManager, skuId: string, locationId: string | null, channels: readonly Channel[]) {
  const [was]: { channels: Channel[] }[] = await tx.query(`select channels from sku_channel where ${PLACE}`, [
    skuId,
    locationId,
  ]);
  await (was
    ? tx.query(`update sku_channel set channels = $3 where ${PLACE}`, [skuId, locationId, channels])
    : tx.query('insert into sku_channel (id, sku_id, location_id, channels) values ($4, $1, $2, $3)', [
        skuId,
        locationId,
        channels,
        newId(),
      ]));
  return was?.channels ?? null;
}

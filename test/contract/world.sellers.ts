import { newId } from '../../src/values/id.js';
import type { Client } from '../support/client.js';
import type { Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';
import { done } from '../trade-ins/trade-desk.js';
import { photographed } from './world.photographs.js';

type Made = { id: string };

/** What hangs on trade-ins that are under way: of each its ids, by the path up to the id. Takes two trade-ins and an IMEI. */
export async function sellerThings(shop: Shop, office: Client, tradeIns: readonly string[], identifier: string) {
  const [one, other] = tradeIns as [string, string];
  const second = await shop.as({ ...BACK_OFFICE, sub: 'back-office-2' });
  const ask = { authority: 'Dallas PD', reference: 'W-1', officer: 'Det. Ruiz', asked: 'Who sold it?' };
  const request = await done(
    second.post<Made>('/v1/law-enforcement-requests', { ...ask, receivedAt: '2014-02-20T10:00:00Z', identifier }),
  );
  // Lifted by another: all that is sold here is sold by one.
  const barred = await done(second.post<Made>('/v1/barred-sellers', { tradeInId: one, reason: 'Sold stolen ones' }));
  await done(office.post(`/v1/barred-sellers/${barred.id}/lift`, { reason: 'They were not' }));
  const batch = await reported(shop, office, one);
  return {
    '/v1/trade-in-photographs': [await photographed(office, one)],
    '/v1/barred-sellers': [barred.id],
    '/v1/law-enforcement-requests': [request.id],
    '/v1/police-report-batches': [batch],
    '/v1/police-reports': [await queued(shop, other)],
  };
}

async function queued(shop: Shop, tradeInId: string): Promise<string> {
  const { location_id: locationId } = await shop.one<{ location_id: string }>(
    'select location_id from trade_in where id = $1',
    [tradeInId],
  );
  return shop.make.insert('police_report', {
    ...{ id: newId(), trade_in_id: tradeInId, location_id: locationId, register: 'CAPSS' },
    ...{ received_at: '2014-02-20T10:00:00Z', due_at: '2014-02-21T10:00:00Z' },
  });
}

async function reported(shop: Shop, office: Client, tradeInId: string): Promise<string> {
  await queued(shop, tradeInId);
  const form = { register: 'CAPSS', format: 'CSV' };
  return (await done(office.post<Made>('/v1/police-reports/export', form))).id;
}

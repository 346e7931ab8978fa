import { searchWords } from '../../src/devices/models/search-words.js';
import type { Client } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import { openShop, type Shop } from '../support/shop.js';

export interface Offer {
  skuId: string;
  code: string;
  model: string;
  channels: string[];
  price: { amountMinor: number } | null;
  available: { here: number | null; nearby: number; nearbyStores: number };
}
export interface Page {
  items: Offer[];
  nextCursor: string | null;
}
export interface Stores {
  stores: { locationId: string; name: string; distanceKm: number; stock: { code: string; available: number }[] }[];
}

export const WESTLAKE = { latitude: 47.6116, longitude: -122.337 };

/** Stores 11 and 41 km from the one where the till is, and one too far away. */
export interface Neighbourhood {
  shop: Shop;
  office: Client;
  till: Client;
  westlake: string;
  northgate: string;
  tacoma: string;
}

export async function openNeighbourhood(): Promise<Neighbourhood> {
  const shop = await openShop({ WORKER: 'off' });
  const office = await shop.backOffice();
  const westlake = await shop.make.location({ name: 'Westlake', ...WESTLAKE });
  const northgate = await shop.make.location({ name: 'Northgate', latitude: 47.7085, longitude: -122.322 });
  const tacoma = await shop.make.location({ name: 'Tacoma', latitude: 47.2529, longitude: -122.4443 });
  await shop.make.location({ name: 'Portland', latitude: 45.5192, longitude: -122.6803 });
  const till = await shop.associate(westlake);
  return { shop, office, till, westlake, northgate, tacoma };
}

export interface Model {
  brand?: string;
  name: string;
  aliases?: string[];
  makerCodes?: string[];
  over?: Parameters<Shop['make']['sku']>[0];
}

/** A model found as the real catalogue would find it, with one refurbished SKU. */
export function modelOf(
  shop: Shop,
  { brand = 'BlackBerry', name, aliases = [], makerCodes = ['SQN100-1'], over = {} }: Model,
): Promise<MadeSku> {
  const { text, compact } = searchWords({ brand, name, aliases, makerCodes });
  return shop.make.sku({
    ...over,
    model: { name, aliases, search_text: text, search_compact: compact, ...over.model },
    variant: { maker_code: makerCodes[0], ...over.variant },
  });
}

export const codesOf = (offers: readonly { code: string }[]) => offers.map(({ code }) => code);

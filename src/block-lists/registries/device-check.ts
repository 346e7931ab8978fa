import type { ListingReason, RegistryStatus } from '../registry-answer.js';

/** What a registry says of one device. */
export interface DeviceCheck {
  status: RegistryStatus;
  reasons: readonly ListingReason[];
}

export const UNKNOWN: DeviceCheck = { status: 'UNKNOWN', reasons: [] };

type Json = Readonly<Record<string, unknown>>;
type List = 'BLOCK' | 'GENERAL';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const word = (value: unknown): string => (typeof value === 'string' ? value.trim().toUpperCase() : '');

/**
 * Reads an answer in the shape of the GSMA Device Check service, under its present names and its older ones. Only a
 * plain yes or no about this very device counts; everything else is not known, which is never clean.
 */
export function readDeviceCheck(answer: unknown, imei14: string): DeviceCheck {
  if (!isObject(answer) || word(answer['responsestatus']) !== 'SUCCESS') return UNKNOWN;
  // Registries print check digits that are wrong, or none: the fourteen digits say which device it is.
  if (!/^\d{14,16}$/.test(word(answer['deviceid'])) || !word(answer['deviceid']).startsWith(imei14)) return UNKNOWN;
  const blocked = listed(answer, ['blockliststatus', 'blackliststatus']);
  if (blocked) return { status: 'BLOCKED', reasons: reasonsIn(answer['imeihistory'], 'BLOCK') };
  const claimed = listed(answer, ['generalliststatus', 'greyliststatus']);
  if (blocked === undefined || claimed === undefined) return UNKNOWN;
  return claimed
    ? { status: 'CLAIMED', reasons: reasonsIn(answer['imeihistory'], 'GENERAL') }
    : { status: 'CLEAN', reasons: [] };
}

/** Whether a list has the device, under whichever name the answer has; undefined when it does not plainly say. */
function listed(answer: Json, names: readonly string[]): boolean | undefined {
  const said = names.filter((name) => answer[name] !== undefined).map((name) => word(answer[name]));
  if (said.includes('YES')) return true;
  return said.length > 0 && said.every((one) => one === 'NO') ? false : undefined;
}

const CODES: Readonly<Record<string, ListingReason>> = { '0011': 'LOST_OR_STOLEN', '0042': 'OWNERSHIP_CLAIM' };
const FOUND_AGAIN = '0014';

/** The numbers of these are not public; their names are. */
const NAMES: readonly [name: RegExp, reason: ListingReason, list: List][] = [
  [/STOLEN|\bLOST\b/, 'LOST_OR_STOLEN', 'BLOCK'],
  [/FRAUD/, 'FRAUDULENTLY_OBTAINED', 'BLOCK'],
  [/NON.?PAYMENT/, 'NON_PAYMENT', 'BLOCK'],
  [/BROKEN|FAULTY/, 'BROKEN_OR_FAULTY', 'BLOCK'],
  [/COURT/, 'COURT_ORDER', 'BLOCK'],
  [/OWNERSHIP/, 'OWNERSHIP_CLAIM', 'GENERAL'],
  [/FINANCIAL/, 'FINANCIAL_CLAIM', 'GENERAL'],
];

function reasonOf(event: Json, list: List): ListingReason | undefined {
  const code = CODES[word(event['reasoncode'])];
  if (code !== undefined) return code;
  const name = word(event['reasoncodedesc']);
  return NAMES.find(([known, , of]) => of === list && known.test(name))?.[1];
}

/** Why the device stands on a list, from what was put there and not taken away since. */
function reasonsIn(history: unknown, list: List): ListingReason[] {
  const actions = list === 'BLOCK' ? /^(?:BLOCK|BLACK)/ : /^(?:GENERAL|GREY)/;
  const events = (Array.isArray(history) ? history : [])
    .filter(isObject)
    .filter((event) => actions.test(word(event['action'])))
    // Dates have no zone and are written from the year down, so their order is that of their letters.
    .sort((one, other) => (word(one['date']) < word(other['date']) ? -1 : 1));
  const standing = new Set<ListingReason>();
  for (const event of events) {
    const removed = /REMOVE|DELETE/.test(word(event['action'])) || word(event['reasoncode']) === FOUND_AGAIN;
    const reason = reasonOf(event, list);
    if (!removed) {
      if (reason !== undefined) standing.add(reason);
    } else if (reason === undefined) standing.clear();
    else standing.delete(reason);
  }
  return [...standing].sort();
}

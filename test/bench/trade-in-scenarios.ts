import { randomUUID } from 'node:crypto';
import { imeiOf15 } from '../../src/values/check-digits.js';
import type { HttpRequest } from './load.js';
import type { Recording } from './recording.js';
import type { Scenario } from './scenarios.js';
import { LIKE_NEW } from './trade-in-data.js';
import { deviceOf, maybeUnlocked, type NamedDevice, slotsOf } from './unlock-data.js';

export const QUOTE = 'trade-in quote';

export const quoteOf = ({ imei14 }: NamedDevice, token: string, locationId: string): HttpRequest => ({
  ...{ method: 'POST', path: '/v1/trade-in-quotes' },
  headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
  body: JSON.stringify({ identifier: imeiOf15(imei14), channel: 'IN_STORE', locationId, answers: LIKE_NEW }),
});

/** Any handset that is neither reported nor owed for. */
export function paidFor(devices: number): NamedDevice {
  for (;;) {
    const n = Math.floor(Math.random() * devices);
    if (maybeUnlocked(n)) return deviceOf(n);
  }
}

/** What an owner asks who wants to hand a handset in: what it is worth. */
export function quoteScenario(
  recording: Recording,
  { token, devices, locationId }: { token: string; devices: number; locationId: string },
): Scenario {
  return {
    ...{ name: QUOTE, kind: 'quote', recording },
    draw: () => {
      const device = paidFor(devices);
      return { request: quoteOf(device, token, locationId), parameters: slotsOf(device, recording) };
    },
  };
}

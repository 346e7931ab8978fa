import { randomUUID } from 'node:crypto';
import { imeiOf15 } from '../../src/values/check-digits.js';
import type { HttpRequest } from './load.js';
import type { Recording } from './recording.js';
import type { Scenario } from './scenarios.js';
import { deviceOf, maybeUnlocked, type NamedDevice, slotsOf } from './unlock-data.js';

/** What the program was heard to send for one request of each kind. */
export interface Recordings {
  preCheck: Recording;
  decision: Recording;
  quote: Recording;
}

export const preCheckOf = ({ imei14 }: NamedDevice, token: string): HttpRequest => ({
  ...{ method: 'POST', path: '/v1/unlock-requests/pre-check', headers: { authorization: `Bearer ${token}` } },
  body: JSON.stringify({ identifier: imeiOf15(imei14) }),
});

export const requestOf = (device: NamedDevice, token: string): HttpRequest => ({
  ...{ ...preCheckOf(device, token), path: '/v1/unlock-requests' },
  headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
});

/** What a customer asks about a handset: whether it may be unlocked, and that it be unlocked. */
export function unlockScenarios(
  { preCheck, decision }: Recordings,
  { token, devices }: { token: string; devices: number },
): Scenario[] {
  let next = 0;
  const fresh = () => {
    do next = (next + 7919) % devices;
    while (!maybeUnlocked(next));
    return deviceOf(next);
  };
  const any = () => deviceOf(Math.floor(Math.random() * devices));
  return [
    {
      name: 'pre-check, 12 rules',
      kind: 'read',
      recording: preCheck,
      draw: () => {
        const device = any();
        return { request: preCheckOf(device, token), parameters: slotsOf(device, preCheck) };
      },
    },
    {
      name: 'request and decision',
      kind: 'unlock',
      recording: decision,
      draw: () => {
        const device = fresh();
        return { request: requestOf(device, token), parameters: slotsOf(device, decision) };
      },
    },
  ];
}

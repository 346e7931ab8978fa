import { OutsideFailure, OutsideSystem } from '../../platform/outside-call.js';
import { log } from '../../platform/log.js';
import type { Settings } from '../../platform/settings.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { type DeviceCheck, readDeviceCheck, UNKNOWN } from './device-check.js';

const AT_ONCE = 8;
const MOST_BYTES = 1024 * 1024;

type Asked = Pick<Settings, 'REGISTRY_URL' | 'REGISTRY_TIMEOUT_MS' | 'REGISTRY_PARTNER_ID' | 'REGISTRY_TOKEN'>;

/** A registry of others that answers as GSMA Device Check does; its contract is openapi/ports/block-lists.json. */
export class HttpRegistry {
  readonly source: string;
  private readonly system: OutsideSystem;

  constructor(
    private readonly settings: Asked,
    restMs?: number,
  ) {
    this.source = new URL(settings.REGISTRY_URL).host;
    this.system = new OutsideSystem('registry', {
      timeoutMs: settings.REGISTRY_TIMEOUT_MS,
      mostBytes: MOST_BYTES,
      restMs,
    });
  }

  /** Asks for each device, some at a time; those not answered when the time is over are not known. Never throws. */
  async check(imei14s: readonly string[]): Promise<DeviceCheck[]> {
    const until = Date.now() + 3 * this.settings.REGISTRY_TIMEOUT_MS;
    const answers = imei14s.map(() => UNKNOWN);
    const failures = new Set<string>();
    let next = 0;
    const asking = async () => {
      for (let at = next++; at < imei14s.length && Date.now() < until; at = next++) {
        answers[at] = await this.one(imei14s[at]!, until).catch((failed: unknown) => {
          failures.add(failed instanceof OutsideFailure ? failed.reason : 'UNREADABLE');
          return UNKNOWN;
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, asking));
    if (failures.size) log.warn({ system: 'registry', reasons: [...failures] }, 'the registry could not be asked');
    return answers;
  }

  private async one(imei14: string, until: number): Promise<DeviceCheck> {
    const { REGISTRY_URL, REGISTRY_PARTNER_ID, REGISTRY_TOKEN } = this.settings;
    const answer = await this.system.ask(
      REGISTRY_URL,
      {
        method: 'POST',
        headers: {
          accept: 'application/json',
          ...(REGISTRY_TOKEN ? { authorization: `Bearer ${REGISTRY_TOKEN}` } : {}),
        },
        body: new URLSearchParams({ deviceid: imeiOf15(imei14), partnerid: REGISTRY_PARTNER_ID }),
      },
      until,
    );
    return readDeviceCheck(answer, imei14);
  }
}

import type { Vault } from '../../platform/secrets/vault.js';

export const CODE_PURPOSE = 'unlock-code';

/** The place a code is sealed for: under another handset or type it does not open. */
export const aboutCode = (imei14: string, codeType: string): string => `unlock_code|${imei14}|${codeType}|code`;

/** By which the same code is known again, without anybody being able to try codes out. */
export const codeHash = (vault: Vault, imei14: string, codeType: string, code: string): Buffer =>
  vault.hash(CODE_PURPOSE, `${imei14}|${codeType}|${code}`);

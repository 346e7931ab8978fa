import type { Vault } from '../../platform/secrets/vault.js';
import { mailKey } from '../../values/email.js';

/** The keyed hash by which a customer's address is known again: the address itself is not kept with the account. */
export const contactIndex = (vault: Vault, address: string): Buffer => vault.hash('contact', mailKey(address));

import { Injectable } from '@nestjs/common';
import { contactIndex } from '../../accounts/customers/contact-index.js';
import { Vault } from '../../platform/secrets/vault.js';

/** An address as it is stored: sealed, and a keyed hash to find it by. */
export interface SealedContact {
  sealed: Buffer;
  hash: Buffer;
}

const PURPOSE = 'contact';

/** Addresses of customers: nowhere in plain but on the way into a mail. */
@Injectable()
export class UnlockContacts {
  constructor(private readonly vault: Vault) {}

  async sealed(address: string): Promise<SealedContact> {
    const hash = this.hash(address);
    // The hash stands for the place: a request's id is not known yet, and the same address may stand in several.
    return { hash, sealed: await this.vault.seal(PURPOSE, aboutContact(hash), address.trim()) };
  }

  async opened({ sealed, hash }: SealedContact): Promise<string> {
    return (await this.vault.unseal(aboutContact(hash), sealed)).toString();
  }

  hash = (address: string): Buffer => contactIndex(this.vault, address);
}

const aboutContact = (hash: Buffer): string => `unlock_request|contact|${hash.toString('hex')}`;

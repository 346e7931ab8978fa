import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import type { SellerDto } from './seller.dto.js';

const PURPOSE = 'seller';
const LOOK_UP = 'seller-identity';

/** Who a seller is, sealed. */
export interface SealedSeller {
  identityKey: Buffer;
  sealed: Buffer;
  /** The first of the month after the birth: enough to show that they are of age once the rest is erased. */
  bornBefore: string;
}

const about = (identityKey: Buffer): string => `seller|${identityKey.toString('hex')}|identity`;

/** Who sells to us: written down sealed, apart from everything else, and known again by the paper they show. */
@Injectable()
export class SellerDesk {
  constructor(private readonly vault: Vault) {}

  /** Before the transaction, which must not wait for a second connection. */
  async seal({ statements: _, ...identity }: SellerDto): Promise<SealedSeller> {
    const identityKey = this.keyOf(identity);
    const sealed = await this.vault.seal(PURPOSE, about(identityKey), JSON.stringify(identity));
    return { identityKey, sealed, bornBefore: monthAfter(identity.bornOn) };
  }

  /** By what a seller is known again; says nothing to whoever reads it. */
  keyOf({ paper, paperNumber, paperIssuer }: Pick<SellerDto, 'paper' | 'paperNumber' | 'paperIssuer'>): Buffer {
    const issuer = paperIssuer === undefined ? '' : `${paperIssuer} `;
    return this.vault.hash(LOOK_UP, `${paper} ${issuer}${paperNumber.replace(/[ -]/g, '')}`);
  }

  /** Writes the seller down, or again; their row stays locked, so that what they sell at once is counted. */
  async write(tx: EntityManager, seller: SealedSeller): Promise<string> {
    const [written]: { id: string }[] = await tx.query(
      `insert into seller (id, identity_key, born_before) values ($1, $2, $3)
       on conflict (identity_key) do update set seen_at = now()
       returning id`,
      [newId(), seller.identityKey, seller.bornBefore],
    );
    return written!.id;
  }

  async open(identityKey: Buffer, sealed: Buffer): Promise<Omit<SellerDto, 'statements'>> {
    return JSON.parse((await this.vault.unseal(about(identityKey), sealed)).toString()) as Omit<
      SellerDto,
      'statements'
    >;
  }
}

function monthAfter(bornOn: string): string {
  const [year, month] = bornOn.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

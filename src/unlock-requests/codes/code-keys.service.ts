import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { log } from '../../platform/log.js';
import { SealBroken } from '../../platform/secrets/sealing.js';
import { Vault } from '../../platform/secrets/vault.js';
import type { KeyRotationView } from './code-keys.view.js';
import { aboutCode, CODE_PURPOSE } from './sealed-codes.js';

const A_BATCH = 500;

interface SealedRow {
  id: string;
  device_imei14: string;
  code_type: string;
  sealed: Buffer;
}

const UNDER_OLD_KEYS = `
  from unlock_code c join data_key k on k.id = c.data_key_id and k.retired_at is not null
    and c.quarantine is distinct from 'UNREADABLE'`;

/**
 * Changes the keys of codes while they are being given out: every sealed code names its key, so old and new open side by
 * side until the last one has been sealed anew. Also sweeps away the codes of files that were refused.
 */
@Injectable()
export class CodeKeys implements OnApplicationBootstrap {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly vault: Vault,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('keys of unlock codes', () => this.work());
  }

  /** New codes are sealed under a new key from now on, old ones little by little; the keyring's new key wraps them all. */
  rotate(call: Call): Promise<KeyRotationView> {
    return this.acts.once(call, async (tx) => {
      const keyId = await this.vault.rotate(tx, CODE_PURPOSE);
      const rewrapped = await this.vault.rewrap(tx);
      const toSeal = await this.waiting(tx);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'data-key', subjectId: keyId, act: 'rotate' },
        details: { purpose: CODE_PURPOSE, rewrapped, toSeal },
      });
      return { keyId, rewrapped, toSeal };
    });
  }

  /** How far the last rotation is. */
  async state(): Promise<KeyRotationView> {
    const [key]: { id: string }[] = await this.db.query(
      'select id from data_key where purpose = $1 and retired_at is null',
      [CODE_PURPOSE],
    );
    return { keyId: key?.id ?? null, rewrapped: 0, toSeal: await this.waiting(this.db) };
  }

  private async waiting(db: Pick<EntityManager, 'query'>): Promise<number> {
    const [found]: { codes: number }[] = await db.query(`select count(*)::int as codes ${UNDER_OLD_KEYS}`);
    return found!.codes;
  }

  private async work(): Promise<void> {
    while ((await this.sealBatch()) === A_BATCH);
    while ((await this.acts.transaction(dropRefused)) === A_BATCH);
  }

  /** The key is at hand before the transaction begins; where no code waits, none is made. */
  private async sealBatch(): Promise<number> {
    const waiting: unknown[] = await this.db.query(`select 1 ${UNDER_OLD_KEYS} limit 1`);
    if (!waiting.length) return 0;
    await this.vault.ready(CODE_PURPOSE);
    return this.acts.transaction((tx) => this.sealAnew(tx));
  }

  private async sealAnew(tx: EntityManager): Promise<number> {
    const rows: SealedRow[] = await tx.query(
      `select c.id, c.device_imei14, c.code_type, c.sealed ${UNDER_OLD_KEYS} limit ${A_BATCH} for update of c skip locked`,
    );
    if (!rows.length) return 0;
    const tried = await Promise.all(rows.map((row) => this.again(row)));
    const opened = rows.flatMap(({ id }, at) => (tried[at] ? [{ id, sealed: tried[at] }] : []));
    await tx.query(
      `update unlock_code c set sealed = n.sealed, data_key_id = n.key_id
       from unnest($1::uuid[], $2::bytea[], $3::uuid[]) as n (id, sealed, key_id) where c.id = n.id`,
      [
        opened.map(({ id }) => id),
        opened.map(({ sealed }) => sealed),
        opened.map(({ sealed }) => this.vault.keyOf(sealed)),
      ],
    );
    if (opened.length < rows.length) await putAside(tx, rows, new Set(opened.map(({ id }) => id)));
    return rows.length;
  }

  /** Undefined for what does not open; that no connection is free says nothing against a code. */
  private async again({ device_imei14: imei14, code_type: type, sealed }: SealedRow): Promise<Buffer | undefined> {
    const about = aboutCode(imei14, type);
    const code = await this.vault.unseal(about, sealed).catch((error: unknown) => {
      if (error instanceof SealBroken) return undefined;
      throw error;
    });
    return code && this.vault.seal(CODE_PURPOSE, about, code);
  }
}

/** Somebody tampered with these: one that does not open must not keep all others from being sealed anew. */
async function putAside(tx: EntityManager, rows: readonly SealedRow[], opened: ReadonlySet<string>): Promise<void> {
  const unreadable = rows.map(({ id }) => id).filter((id) => !opened.has(id));
  log.error({ codes: unreadable.length }, 'sealed codes do not open; they are put into quarantine');
  await tx.query(`update unlock_code set status = 'QUARANTINED', quarantine = 'UNREADABLE' where id = any ($1)`, [
    unreadable,
  ]);
}

/** What a refused file left: its sealed codes go, so that the same file can be handed in again. */
async function dropRefused(tx: EntityManager): Promise<number> {
  const [, dropped]: [unknown, number] = await tx.query(
    `delete from unlock_code where id in (
       select c.id from unlock_code c join unlock_code_batch b on b.id = c.batch_id and b.status = 'REFUSED'
       limit ${A_BATCH} for update of c skip locked)`,
  );
  return dropped;
}

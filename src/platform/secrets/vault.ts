import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../values/id.js';
import { PlainSentence } from '../plain-sentence.js';
import { SETTINGS_TOKEN, type Settings } from '../settings.js';
import { type Keyring, lookUpHash, openKeyring } from './keyring.js';
import { seal, SealBroken, unseal } from './sealing.js';

interface DataKeyRow {
  id: string;
  purpose: string;
  wrapped_under: string;
  wrapped: Buffer;
}

interface OpenKey {
  id: string;
  key: Buffer;
}

const FRESH_MS = 2000;
const ID_BYTES = 16;

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idText = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * Seals secrets before they are stored (AES-256-GCM, one data key a purpose, wrapped under a key outside the database)
 * and opens them again. A sealed text names its data key, so that old and new ones open side by side during a rotation.
 */
@Injectable()
export class Vault implements OnModuleInit {
  readonly keyring: Keyring;
  private readonly byId = new Map<string, Buffer>();
  private readonly fetching = new Map<string, Promise<Buffer>>();
  private readonly active = new Map<string, { found: Promise<OpenKey>; since: number }>();

  constructor(
    private readonly db: DataSource,
    @Inject(SETTINGS_TOKEN) settings: Settings,
  ) {
    this.keyring = openKeyring(settings);
  }

  /** A process with the wrong keyring must not start: what it sealed nobody else could open. @throws PlainSentence */
  async onModuleInit(): Promise<void> {
    const rows: DataKeyRow[] = await this.db.query('select id, purpose, wrapped_under, wrapped from data_key');
    for (const row of rows) this.open(row);
  }

  /** Has the active key at hand, so that what is sealed in the next moment waits for no connection. */
  async ready(purpose: string): Promise<void> {
    await this.activeKey(purpose);
  }

  /** Seals a text for one place: `about` names table, row and column. */
  async seal(purpose: string, about: string, secret: string | Buffer): Promise<Buffer> {
    const { id, key } = await this.activeKey(purpose);
    return Buffer.concat([idBytes(id), seal(key, `${about}|${id}`, Buffer.from(secret))]);
  }

  /** @throws SealBroken for what was sealed for another place or was tampered with. */
  async unseal(about: string, sealed: Buffer): Promise<Buffer> {
    if (sealed.length < ID_BYTES) throw new SealBroken('Too short for a sealed text.');
    const id = idText(sealed.subarray(0, ID_BYTES));
    const key = this.byId.get(id) ?? (await this.fetch(id));
    return unseal(key, `${about}|${id}`, sealed.subarray(ID_BYTES));
  }

  /** The data key a sealed text needs. */
  keyOf = (sealed: Buffer): string => idText(sealed.subarray(0, ID_BYTES));

  /** A keyed hash by which a sealed text can be found again. */
  hash = (purpose: string, text: string): Buffer => lookUpHash(this.keyring, purpose, text);

  /** Replaces the active data key of a purpose. @returns its id */
  async rotate(tx: EntityManager, purpose: string): Promise<string> {
    await tx.query('update data_key set retired_at = now() where purpose = $1 and retired_at is null', [purpose]);
    this.active.delete(purpose);
    await this.make(tx, purpose);
    const [made]: { id: string }[] = await tx.query(
      'select id from data_key where purpose = $1 and retired_at is null',
      [purpose],
    );
    return made!.id;
  }

  /** Wraps every data key under the keyring's active key; nothing sealed is touched. @returns how many */
  async rewrap(tx: EntityManager): Promise<number> {
    const { active } = this.keyring;
    const rows: DataKeyRow[] = await tx.query(
      'select id, purpose, wrapped_under, wrapped from data_key where wrapped_under <> $1 for update',
      [active],
    );
    for (const row of rows) {
      const wrapped = seal(this.keyring.wrapping.get(active)!, aboutKey(row.purpose, row.id), this.open(row));
      await tx.query('update data_key set wrapped_under = $2, wrapped = $3 where id = $1', [row.id, active, wrapped]);
    }
    return rows.length;
  }

  /** A thousand codes sealed at once ask for the key once: a connection for each would drain the pool. */
  private activeKey(purpose: string): Promise<OpenKey> {
    const known = this.active.get(purpose);
    if (known && Date.now() - known.since < FRESH_MS) return known.found;
    const looked = { found: this.findActive(purpose), since: Date.now() };
    this.active.set(purpose, looked);
    looked.found.catch(() => {
      if (this.active.get(purpose) === looked) this.active.delete(purpose);
    });
    return looked.found;
  }

  private async findActive(purpose: string): Promise<OpenKey> {
    const [row]: DataKeyRow[] = await this.db.query(
      'select id, purpose, wrapped_under, wrapped from data_key where purpose = $1 and retired_at is null',
      [purpose],
    );
    if (row) return { id: row.id, key: this.open(row) };
    await this.make(this.db.manager, purpose);
    return this.findActive(purpose);
  }

  /** Two processes may make the first key of a purpose at once: the second finds it made. */
  private async make(db: Pick<EntityManager, 'query'>, purpose: string): Promise<void> {
    const id = newId();
    const { active, wrapping } = this.keyring;
    const wrapped = seal(wrapping.get(active)!, aboutKey(purpose, id), randomBytes(32));
    await db.query(
      `insert into data_key (id, purpose, wrapped_under, wrapped) values ($1, $2, $3, $4)
       on conflict (purpose) where retired_at is null do nothing`,
      [id, purpose, active, wrapped],
    );
  }

  /** Many texts under one key that another process has made ask for it once. */
  private fetch(id: string): Promise<Buffer> {
    const under = this.fetching.get(id) ?? this.look(id).finally(() => this.fetching.delete(id));
    this.fetching.set(id, under);
    return under;
  }

  private async look(id: string): Promise<Buffer> {
    const [row]: DataKeyRow[] = await this.db.query(
      'select id, purpose, wrapped_under, wrapped from data_key where id = $1',
      [id],
    );
    if (!row) throw new SealBroken('Sealed under a data key that is not here.');
    return this.open(row);
  }

  private open({ id, purpose, wrapped_under: under, wrapped }: DataKeyRow): Buffer {
    try {
      const key = unseal(this.keyring.wrapping.get(under)!, aboutKey(purpose, id), wrapped);
      this.byId.set(id, key);
      return key;
    } catch {
      throw new PlainSentence(
        `The keyring is not the one this database was written with (it needs the key "${under}"): correct KEYRING_FILE, or restore the file.`,
      );
    }
  }
}

const aboutKey = (purpose: string, id: string): string => `data_key|${id}|${purpose}`;

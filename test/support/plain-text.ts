import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';

/** The tables in which a text can be read: as it is, or as the bytes of it. */
export async function tablesShowing(db: pg.Pool, text: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await db.query(`select 1 from ${name} t where t::text like $1 or t::text like $2 limit 1`, [
      `%${text}%`,
      `%${Buffer.from(text).toString('hex')}%`,
    ]);
    if (rowCount) found.push(name);
  }
  return found;
}

/** The files below a directory in which a text can be read. */
export async function filesShowing(directory: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && (await shows(file, Buffer.from(text)))) found.push(file);
  }
  return found;
}

async function shows(file: string, text: Buffer): Promise<boolean> {
  let rest = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      const seen = Buffer.concat([rest, piece]);
      if (seen.includes(text)) return true;
      rest = Buffer.from(seen.subarray(-text.length));
    }
  } catch (gone) {
    if ((gone as { code?: string }).code !== 'ENOENT') throw gone;
  }
  return false;
}

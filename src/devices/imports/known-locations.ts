import type { EntityManager } from 'typeorm';
import { code } from '../../imports/reading/columns.js';

/** The text of a location's code. */
export const locationCode = code(
  /^[A-Z0-9][A-Z0-9-]{0,31}$/,
  'a location: capitals, digits and hyphens, such as WA-0101',
);

/** Ids of locations by their code, looked up once a job. */
export class KnownLocations {
  private readonly byCode = new Map<string, string>();

  /** Looks up those that are not known yet. */
  async learn(tx: EntityManager, codes: Iterable<string>): Promise<void> {
    const unknown = [...new Set(codes)].filter((one) => !this.byCode.has(one));
    if (!unknown.length) return;
    const found: { id: string; code: string }[] = await tx.query(
      'select id, code from stock_location where code = any($1)',
      [unknown],
    );
    for (const { id, code: known } of found) this.byCode.set(known, id);
  }

  of(location: string): string | undefined {
    return this.byCode.get(location);
  }
}

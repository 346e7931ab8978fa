import { Injectable } from '@nestjs/common';
import type { ImportKind } from './import-job.lifecycle.js';
import type { Importer } from './importer.js';

/** Every kind of file that can be read; the rooms register theirs when they start. */
@Injectable()
export class Importers {
  private readonly byKind = new Map<ImportKind, Importer<object>>();

  /** @throws Error when two rooms claim the same kind. */
  register<Row extends object>(importer: Importer<Row>): void {
    if (this.byKind.has(importer.kind)) throw new Error(`Two importers for ${importer.kind}.`);
    this.byKind.set(importer.kind, importer as unknown as Importer<object>);
  }

  /** @throws Error for a kind that no room has registered. */
  of(kind: ImportKind): Importer<object> {
    const importer = this.byKind.get(kind);
    if (!importer) throw new Error(`No importer for ${kind}.`);
    return importer;
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { code, ColumnFault, isRounded, optional, type Reader, required, text } from '../../imports/reading/columns.js';
import { Vault } from '../../platform/secrets/vault.js';
import { isFault, readDeviceIdentifier } from '../../values/device-identifier.js';
import { CodeForms, type CodeRow } from './code-forms.js';
import { aboutCode, CODE_PURPOSE, codeHash } from './sealed-codes.js';
import { STORE_CODES, type StoredCode } from './store-codes.sql.js';

/** Registries and makers may leave the check digit out; a spreadsheet's rounding is told by its own name. */
const imeiColumn: Reader<string> = (given) => {
  const read = readDeviceIdentifier(given, { from: 'REGISTRY' });
  if (isFault(read)) return new ColumnFault(read.fault, read.detail);
  if (read.kind === 'IMEI') return read.value;
  return new ColumnFault('NOT_AN_IMEI', 'A code belongs to an IMEI.');
};

/** Codes are digits as they stand: a 0 in front counts, and one that is lost cannot be guessed. */
const codeColumn: Reader<string> = (given) => {
  if (isRounded(given) || /^\d+[.,]0*$/.test(given) || /^=/.test(given)) {
    return new ColumnFault('SPREADSHEET_DAMAGE', 'A spreadsheet took the code for a quantity; export it as text.');
  }
  if (/^\d{6,20}$/.test(given)) return given;
  return new ColumnFault('NOT_A_CODE', 'A code is 6 to 20 digits and nothing else.');
};

/** A maker's file of unlock codes. They are sealed as they are read, and given out once a second person has approved. */
@Injectable()
export class UnlockCodesImporter implements Importer<CodeRow>, OnModuleInit {
  readonly kind = 'UNLOCK_CODES';
  readonly secret = true;
  readonly right = 'unlock-codes:write';
  readonly columns: Columns<CodeRow> = {
    imei: required(imeiColumn),
    code_type: required(code(/^[A-Z][A-Z0-9_]{0,29}$/, 'a type of code, such as NCK or MEP2')),
    code: required(codeColumn),
    mep_id: optional(code(/^MEP-\d{5}-\d{3}$/, 'MEP-12345-001')),
    prd: optional(code(/^PRD-\d{5}-\d{3}$/, 'PRD-12345-001')),
    lot: optional(text(60)),
  };

  private readonly sealed = new WeakMap<CodeRow, Buffer>();

  constructor(
    private readonly importers: Importers,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  async beforehand(rows: readonly CodeRow[]): Promise<void> {
    await Promise.all(
      rows.map(async (row) => {
        const { imei, code_type: type, code } = row;
        this.sealed.set(row, await this.vault.seal(CODE_PURPOSE, aboutCode(imei, type), code));
      }),
    );
  }

  begin({ jobId, actor }: { jobId: string; actor: string }) {
    const forms = new CodeForms();
    return async (tx: EntityManager, rows: readonly CodeRow[]): Promise<Outcome[]> => {
      await forms.learn(tx, rows);
      const outcomes: Outcome[] = rows.map((row) => forms.faultsOf(row));
      const good = rows.flatMap((row, n) => ((outcomes[n] as readonly LineFault[]).length ? [] : [{ row, n }]));
      const stored = await this.store(tx, { jobId, actor }, good);
      for (const { n, outcome } of stored) outcomes[n] = outcomeOf(rows[n]!, outcome);
      return outcomes;
    };
  }

  private async store(
    tx: EntityManager,
    { jobId, actor }: { jobId: string; actor: string },
    good: readonly { row: CodeRow; n: number }[],
  ): Promise<StoredCode[]> {
    if (!good.length) return [];
    const sealed = good.map(({ row }) => this.sealed.get(row)!);
    return tx.query(STORE_CODES, [
      ...[jobId, actor, good.map(({ n }) => n)],
      ...(['imei', 'code_type', 'mep_id', 'prd', 'lot'] as const).map((field) => good.map(({ row }) => row[field])),
      ...[sealed, sealed.map(this.vault.keyOf)],
      good.map(({ row }) => codeHash(this.vault, row.imei, row.code_type, row.code)),
    ]);
  }
}

function outcomeOf({ imei, code_type }: CodeRow, outcome: StoredCode['outcome']): Outcome {
  switch (outcome) {
    case 'HELD':
      return 'applied';
    case 'KNOWN':
      return 'unchanged';
    case 'FAILED_BEFORE':
      return [lineFault('code', '', 'FAILED_BEFORE', 'This code was tried on the handset and did not work.')];
    case 'CONFLICT':
      return [lineFault('code', code_type, 'CONFLICT', 'Another code is known for this IMEI and type: quarantined.')];
    case 'UNKNOWN_IMEI':
      return [lineFault('imei', imei, 'UNKNOWN_IMEI', 'Neither stock nor billing knows this IMEI: quarantined.')];
  }
}

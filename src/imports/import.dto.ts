import { PageQuery } from '../platform/http/page.dto.js';
import { Id, Maybe, OneOf, QueryFlag } from '../values/fields.js';
import { IMPORT_KINDS, type ImportKind } from './import-job.lifecycle.js';

/** What is to be done with the file. */
export class StartImportDto {
  /** What the lines of the file are. */
  @OneOf(IMPORT_KINDS, 'ImportKind')
  kind: ImportKind;
  /** Whether only to try: everything is checked and counted, nothing is stored. */
  @Maybe()
  @QueryFlag()
  dryRun?: boolean = false;
  /** Whether one faulty line keeps all others from being stored. */
  @Maybe()
  @QueryFlag()
  allOrNothing?: boolean = false;
}

/** Which import is meant. */
export class ImportIdDto {
  /** The id that starting it gave. */
  @Id()
  id: string;
}

/** Which imports to list. */
export class ListImportsDto extends PageQuery {
  /** Only files of this kind. */
  @Maybe()
  @OneOf(IMPORT_KINDS, 'ImportKind')
  kind?: ImportKind;
}

const REPORT_FORMATS = ['json', 'csv'] as const;
type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Which faults to list, and how. */
export class ListImportFaultsDto extends PageQuery {
  /** `csv` gives all that are kept as one file, `json` a page of them. */
  @Maybe()
  @OneOf(REPORT_FORMATS, 'ReportFormat')
  format?: ReportFormat = 'json';
}

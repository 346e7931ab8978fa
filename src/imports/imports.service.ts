import { Injectable } from '@nestjs/common';
import { DataSource, Not } from 'typeorm';
import type { Caller } from '../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../platform/http/page.js';
import { NotFound } from '../platform/problems.js';
import { faultReport } from './fault-report.js';
import { ImportFault } from './import-fault.entity.js';
import { ImportJob } from './import-job.entity.js';
import type { ListImportFaultsDto, ListImportsDto } from './import.dto.js';
import { ImportFaultView, ImportJobView } from './import.view.js';
import { NotForStores } from './imports.errors.js';

const JOBS = { tag: 'imports', shape: ['uuid'] } as const;
const FAULTS = { tag: 'import-faults', shape: ['uuid', 'number', 'number'] } as const;

/** What is known of the files handed in. */
@Injectable()
export class Imports {
  constructor(private readonly db: DataSource) {}

  /** The latest first. @throws NotForStores, InvalidInput */
  async list(caller: Caller, query: ListImportsDto): Promise<Page<ImportJobView>> {
    refuseStores(caller);
    const [before] = placeAfter(JOBS, query) ?? [];
    // An upload under way is nobody's import yet.
    const asked = this.db.getRepository(ImportJob).createQueryBuilder('job').where(`job.state <> 'UPLOADING'`);
    if (query.kind) asked.andWhere('job.kind = :kind', { kind: query.kind });
    if (before) asked.andWhere('job.id < :before', { before });
    const rows = await asked.orderBy('job.id', 'DESC').limit(rowsToFetch(query)).getMany();
    return pageOf(rows, query, { tag: JOBS.tag, keys: ({ id }) => [id], view: ImportJobView.of });
  }

  /** @throws NotForStores, NotFound */
  async find(caller: Caller, id: string): Promise<ImportJobView> {
    return ImportJobView.of(await this.findOrRefuse(caller, id));
  }

  /** In the order of the file. @throws NotForStores, NotFound, InvalidInput */
  async listFaults(caller: Caller, id: string, query: ListImportFaultsDto): Promise<Page<ImportFaultView>> {
    await this.findOrRefuse(caller, id);
    const [of, line = 0, position = -1] = placeAfter(FAULTS, query) ?? [id];
    const rows = await this.db
      .getRepository(ImportFault)
      .createQueryBuilder('fault')
      .where('fault.jobId = :id and (fault.line, fault.position) > (:line, :position)', { id, line, position })
      .andWhere(':of = :id', { of })
      .orderBy({ 'fault.line': 'ASC', 'fault.position': 'ASC' })
      .limit(rowsToFetch(query))
      .getMany();
    return pageOf(rows, query, {
      tag: FAULTS.tag,
      keys: (fault) => [id, fault.line, fault.position],
      view: ImportFaultView.of,
    });
  }

  /** All faults that are kept, as a CSV file. @throws NotForStores, NotFound */
  async faultsAsCsv(caller: Caller, id: string): Promise<string> {
    await this.findOrRefuse(caller, id);
    const rows = await this.db
      .getRepository(ImportFault)
      .find({ where: { jobId: id }, order: { line: 'ASC', position: 'ASC' } });
    return faultReport(rows);
  }

  private async findOrRefuse(caller: Caller, id: string): Promise<ImportJob> {
    refuseStores(caller);
    const job = await this.db.getRepository(ImportJob).findOneBy({ id, state: Not('UPLOADING') });
    if (!job) throw new NotFound('No such import.');
    return job;
  }
}

function refuseStores({ storeId }: Caller): void {
  if (storeId) throw new NotForStores('Imports are for the whole carrier: use a token that is bound to no store.');
}

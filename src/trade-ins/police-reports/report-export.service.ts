import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { NotFound, StillRunning } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import { needOffice } from '../sellers/office-only.js';
import { LawHolds } from './law-holds.js';
import { PoliceReportBatch } from './police-report-batch.entity.js';
import type { ExportReportsDto } from './police-report.dto.js';
import type { PoliceReportBatchView } from './police-report.view.js';
import { NothingToReport } from './police-reports.errors.js';
import { readBatch } from './police-reports.query.js';
import { type QueuedReport, ReportLines } from './report-lines.query.js';
import { reportFile } from './report-file.js';

const PURPOSE = 'police-report';
const TRIES = 3;

const aboutBatch = (id: string): string => `police_report_batch|${id}|content`;

/** A file of reports, made but not yet given. */
interface Batch {
  id: string;
  reports: readonly QueuedReport[];
  file: Buffer;
  sealed: Buffer;
}

/** Somebody else gave some of these reports meanwhile. */
class Overtaken extends Error {}

/** Reports are given to a register: each once, in a file that can be given again and is always the same. */
@Injectable()
export class ReportExport {
  constructor(
    private readonly acts: Acts,
    private readonly lines: ReportLines,
    private readonly holds: LawHolds,
    private readonly vault: Vault,
  ) {}

  /** Makes a file of what waits, at most 200 reports. @throws NotForTills, NothingToReport, StillRunning */
  async give(call: Call, form: ExportReportsDto): Promise<PoliceReportBatchView> {
    needOffice(call.caller);
    for (let tried = 1; ; tried++) {
      const batch = await this.compose(form);
      try {
        return await this.acts.once(call, (tx) => this.send(tx, call, form, batch));
      } catch (failed) {
        if (!(failed instanceof Overtaken)) throw failed;
        if (tried === TRIES) throw new StillRunning('Others are giving the same reports; try again in a moment.');
      }
    }
  }

  /** The file as it was given the first time; who had it is in the audit before they have it. @throws NotForTills, NotFound */
  async file(call: Call, id: string): Promise<{ bytes: Buffer; format: string }> {
    needOffice(call.caller);
    const batch = await this.acts.transaction(async (tx) => {
      const found = await tx.findOneBy(PoliceReportBatch, { id });
      if (!found?.contentSealed) throw new NotFound('No such batch, or its file was erased when its time was over.');
      await recordAudited(tx, call, { ...told(id, 'readPoliceReportBatch'), details: { reports: found.reports } });
      return found;
    });
    return { bytes: await this.vault.unseal(aboutBatch(id), batch.contentSealed!), format: batch.format };
  }

  private async compose({ register, format }: ExportReportsDto): Promise<Batch> {
    const [id, reports] = [newId(), await this.lines.waiting(register)];
    const file = reportFile(
      format,
      register,
      reports.map(({ line }) => line),
    );
    return { id, reports, file, sealed: await this.vault.seal(PURPOSE, aboutBatch(id), file) };
  }

  private async send(
    tx: EntityManager,
    call: Call,
    { register, format }: ExportReportsDto,
    batch: Batch,
  ): Promise<PoliceReportBatchView> {
    const { id, reports, file, sealed } = batch;
    if (!reports.length) throw new NothingToReport('All that was bought has been reported.');
    const until = new Date(Math.max(...reports.map(({ identityUntil }) => identityUntil.getTime())));
    const digest = createHash('sha256').update(file).digest();
    await tx.query(
      `insert into police_report_batch (id, register, format, reports, digest, bytes, content_sealed, content_until, made_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, register, format, reports.length, digest, file.length, sealed, until, call.actor],
    );
    const ids = reports.map((report) => report.id);
    const [, sent]: [unknown[], number] = await tx.query(
      `update police_report set status = 'SENT', batch_id = $2, sent_at = now() where id = any ($1::uuid[]) and status = 'QUEUED'`,
      [ids, id],
    );
    if (sent !== ids.length) throw new Overtaken();
    const unitIds = reports.flatMap(({ unitId }) => unitId ?? []);
    await this.holds.lock(tx, unitIds);
    // The days that the law gives the police count from the report, in some places.
    for (const unitId of unitIds) await this.holds.settle(tx, call, unitId, `Reported to ${register}`);
    await recordAudited(tx, call, {
      ...told(id, 'exportPoliceReports'),
      details: { register, format, reports: ids.length, sha256: digest.toString('hex') },
    });
    return readBatch(tx, id);
  }
}

const told = (subjectId: string, act: string) => ({ subjectKind: 'police-report-batch', subjectId, act });

import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { boundTo } from '../access/own-store.js';
import { Acts } from '../platform/acts.js';
import type { Caller } from '../platform/caller.js';
import type { Page } from '../platform/http/page.js';
import type { AuditEntriesQuery, AuditPeriodQuery } from './audit.dto.js';
import type { AuditEntryView, AuditVerificationView } from './audit.view.js';
import { exportedLines, readEntries, within } from './entries.query.js';
import { verifyChains } from './verification.js';

/** What an auditor reads: who did what, and whether anybody has touched it since. A till's own store only. */
@Injectable()
export class Audit {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
  ) {}

  verify(caller: Caller): Promise<AuditVerificationView> {
    return this.acts.transaction((tx) => verifyChains(tx, boundTo(caller)));
  }

  /** @throws InvalidInput */
  async entries(caller: Caller, query: AuditEntriesQuery): Promise<Page<AuditEntryView>> {
    return readEntries(this.db, boundTo(caller), query);
  }

  /** @throws InvalidInput */
  export(caller: Caller, period: AuditPeriodQuery): Readable {
    // Looked at before the first byte: later a fault could only cut the answer short.
    within(boundTo(caller), period);
    return Readable.from(exportedLines(this.db, boundTo(caller), period));
  }
}

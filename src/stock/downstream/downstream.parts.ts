import { DownstreamRecordsQuery } from './downstream-records.query.js';
import { TriageController } from './triage.controller.js';
import { Triage } from './triage.service.js';

export const DOWNSTREAM_PARTS = {
  controllers: [TriageController],
  providers: [Triage, DownstreamRecordsQuery],
};

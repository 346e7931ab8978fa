import { ImportChunk } from './import-chunk.entity.js';
import { ImportFault } from './import-fault.entity.js';
import { ImportJob } from './import-job.entity.js';

export const IMPORT_ENTITIES = [ImportJob, ImportChunk, ImportFault];

import { LawEnforcementController } from './law-enforcement.controller.js';
import { LawRequestsReads } from './law-enforcement.query.js';
import { LawRequests } from './law-enforcement.service.js';

export const LAW_ENFORCEMENT_PARTS = {
  controllers: [LawEnforcementController],
  providers: [LawRequests, LawRequestsReads],
};

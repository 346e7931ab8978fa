import { CapBook } from '../caps/cap-book.service.js';
import { CapsController } from '../caps/caps.controller.js';
import { Caps } from '../caps/caps.service.js';
import { PolicyWordsController } from '../words/policy-words.controller.js';
import { Confirmations } from './confirmations.service.js';
import { Door } from './door.js';
import { Letters } from './letters.js';
import { ContactMail, OneTimeCodes, OwnReveals } from './one-time-codes.service.js';
import { OwnPapersController } from './own-papers.controller.js';
import { OwnPapers } from './own-papers.service.js';
import { OwnRequestsController } from './own-requests.controller.js';
import { OwnRequests } from './own-requests.service.js';
import { SelfServiceController } from './self-service.controller.js';
import { NoticeWriter, SelfServiceWorker } from './self-service.worker.js';
import { SourceGuard } from './source.guard.js';
import { StrangerTerms } from './stranger-terms.js';
import { SubmissionGate, Submissions } from './submissions.service.js';

/** Unlock requests of strangers: what the room's module is made of on this side. */
export const SELF_SERVICE_PARTS = {
  controllers: [
    SelfServiceController,
    OwnRequestsController,
    OwnPapersController,
    CapsController,
    PolicyWordsController,
  ],
  providers: [
    ...[
      CapBook,
      Caps,
      Confirmations,
      ContactMail,
      Door,
      Letters,
      NoticeWriter,
      OneTimeCodes,
      OwnPapers,
      OwnRequests,
      OwnReveals,
    ],
    ...[SelfServiceWorker, SourceGuard, StrangerTerms, SubmissionGate, Submissions],
  ],
};

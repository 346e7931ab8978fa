import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BlockListsModule } from '../block-lists/block-lists.module.js';
import { BusinessCalendarsController } from './clock/business-calendars.controller.js';
import { BusinessCalendars } from './clock/business-calendars.service.js';
import { ClockSweeper } from './clock/clock-sweeper.js';
import { UnlockExtensionsController } from './clock/extensions.controller.js';
import { UnlockExtensions } from './clock/extensions.service.js';
import { UnlockReportsController } from './clock/reports.controller.js';
import { UnlockReports } from './clock/reports.query.js';
import { CodeBatchesController } from './codes/code-batches.controller.js';
import { CodeBatchesReads } from './codes/code-batches.query.js';
import { CodeBatches } from './codes/code-batches.service.js';
import { CodeKeysController } from './codes/code-keys.controller.js';
import { CodeKeys } from './codes/code-keys.service.js';
import { EventsModule } from '../events/events.module.js';
import { UnlockRevealsController } from './codes/reveals.controller.js';
import { UnlockReveals } from './codes/reveals.service.js';
import { UnlockCodesImporter } from './codes/unlock-codes.importer.js';
import { Decisions } from './decisions/decisions.js';
import { DecisionContext, FactsGatherer } from './decisions/facts-gatherer.js';
import { UnlockReviewsController } from './decisions/reviews.controller.js';
import { Reviews } from './decisions/reviews.service.js';
import { PaperDesk } from './documents/paper-desk.js';
import { UnlockDocumentsController } from './documents/unlock-documents.controller.js';
import { UnlockDocumentsReads } from './documents/unlock-documents.query.js';
import { UnlockDocuments } from './documents/unlock-documents.service.js';
import { EntitlementsController } from './entitlements/entitlements.controller.js';
import { EntitlementsReads } from './entitlements/entitlements.query.js';
import { Entitlements } from './entitlements/entitlements.service.js';
import { UnlockBatchesController } from './entitlements/unlock-batches.controller.js';
import { UnlockBatchesReads } from './entitlements/unlock-batches.query.js';
import { UnlockBatches } from './entitlements/unlock-batches.service.js';
import { UnlockLotsImporter } from './entitlements/unlock-lots.importer.js';
import { UnlockFulfilmentController } from './fulfilment/fulfilments.controller.js';
import { Fulfilments } from './fulfilment/fulfilments.service.js';
import { UnlockRecipesController } from './fulfilment/unlock-recipes.controller.js';
import { UnlockRecipes } from './fulfilment/unlock-recipes.service.js';
import { Fulfilment } from './fulfilment/fulfilment.js';
import { BroughtHandsetsController } from './inbound/brought-handsets.controller.js';
import { BroughtHandsets } from './inbound/brought-handsets.service.js';
import { BroughtIntake } from './inbound/brought-intake.service.js';
import { RecordedCodes } from './inbound/recorded-codes.service.js';
import { PolicyDryRun } from './policies/dry-run.query.js';
import { PolicyBook } from './policies/policy-book.js';
import { UnlockChecksController } from './policies/unlock-checks.controller.js';
import { UnlockFloorsController } from './policies/unlock-floors.controller.js';
import { UnlockFloors } from './policies/unlock-floors.service.js';
import { UnlockPoliciesController } from './policies/unlock-policies.controller.js';
import { UnlockPoliciesReads } from './policies/unlock-policies.query.js';
import { UnlockPolicies } from './policies/unlock-policies.service.js';
import { TakingIn } from './requests/taking-in.js';
import { UnlockContacts } from './requests/contacts.js';
import { UnlockIntake } from './requests/intake.service.js';
import { UnlockOwnersController } from './requests/owners.controller.js';
import { UnlockOwners } from './requests/owners.service.js';
import { PreChecks } from './requests/pre-check.js';
import { UnlockRequestsController } from './requests/unlock-requests.controller.js';
import { UnlockRequestsReads } from './requests/unlock-requests.query.js';
import { DeviceWalk } from './sweep/device-walk.js';
import { SweepBatch } from './sweep/sweep-batch.js';
import { UnlockSweepsController } from './sweep/unlock-sweeps.controller.js';
import { UnlockSweepsReads } from './sweep/unlock-sweeps.query.js';
import { UnlockSweeps } from './sweep/unlock-sweeps.service.js';
import { TemporaryEndings } from './waiting/temporary-endings.js';
import { Waiting } from './waiting/waiting-requests.js';
import { WaitingWork } from './waiting/waiting-work.js';
import { SELF_SERVICE_PARTS } from './self-service/self-service.parts.js';

/** A customer asks to have a handset unlocked: policy, decision, code, proof. */
@Module({
  imports: [StockModule, AccountsModule, BlockListsModule, EventsModule],
  controllers: [
    UnlockRequestsController,
    UnlockOwnersController,
    UnlockReviewsController,
    UnlockRevealsController,
    UnlockDocumentsController,
    UnlockFulfilmentController,
    BroughtHandsetsController,
    UnlockSweepsController,
    CodeBatchesController,
    CodeKeysController,
    UnlockPoliciesController,
    UnlockChecksController,
    UnlockFloorsController,
    UnlockRecipesController,
    UnlockExtensionsController,
    UnlockReportsController,
    BusinessCalendarsController,
    ...SELF_SERVICE_PARTS.controllers,
    EntitlementsController,
    UnlockBatchesController,
  ],
  providers: [
    TakingIn,
    UnlockFloors,
    UnlockRecipes,
    BroughtHandsets,
    BroughtIntake,
    RecordedCodes,
    BusinessCalendars,
    ClockSweeper,
    UnlockExtensions,
    UnlockReports,
    CodeBatches,
    CodeBatchesReads,
    CodeKeys,
    Decisions,
    DecisionContext,
    Entitlements,
    EntitlementsReads,
    FactsGatherer,
    Fulfilment,
    PolicyBook,
    PolicyDryRun,
    PreChecks,
    Reviews,
    UnlockBatches,
    UnlockBatchesReads,
    UnlockOwners,
    UnlockCodesImporter,
    UnlockContacts,
    UnlockIntake,
    UnlockLotsImporter,
    UnlockPolicies,
    UnlockPoliciesReads,
    UnlockRequestsReads,
    UnlockReveals,
    PaperDesk,
    UnlockDocuments,
    UnlockDocumentsReads,
    DeviceWalk,
    SweepBatch,
    UnlockSweeps,
    UnlockSweepsReads,
    Fulfilments,
    TemporaryEndings,
    Waiting,
    WaitingWork,
    ...SELF_SERVICE_PARTS.providers,
  ],
})
export class UnlockRequestsModule {}

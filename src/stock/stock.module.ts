import { Module } from '@nestjs/common';
import { BlockListsModule } from '../block-lists/block-lists.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { BULK_STOCK_PARTS } from './bulk/bulk-stock.parts.js';
import { DIAGNOSTIC_PARTS } from './diagnostics/diagnostics.parts.js';
import { DOWNSTREAM_PARTS } from './downstream/downstream.parts.js';
import { ERASURE_PARTS } from './erasure/erasure.parts.js';
import { GATE_PARTS } from './gate/gate.parts.js';
import { INTAKE_PARTS } from './intake/intake.parts.js';
import { TradedHandsets } from './intake/traded-handsets.js';
import { LEDGER_PARTS } from './ledger/ledger.parts.js';
import { LOCATION_PARTS } from './locations/locations.parts.js';
import { REFURBISHMENT_PARTS } from './refurbishment/refurbishment.parts.js';
import { RECEIPT_PARTS } from './receipts/receipts.parts.js';
import { AvailabilityController } from './availability/availability.controller.js';
import { AvailabilityService } from './availability/availability.service.js';
import { Places } from './availability/places.js';
import { IdentificationController } from './identification/identification.controller.js';
import { IdentificationService } from './identification/identification.service.js';
import { STOCK_IMPORTERS } from './imports/stock-importers.js';
import { ReservationsController } from './reservations/reservations.controller.js';
import { ReservationsService } from './reservations/reservations.service.js';
import { ReservationSweeper } from './reservations/sweeper.js';
import { ReturnsService } from './sales/returns.service.js';
import { SalesController } from './sales/sales.controller.js';
import { SalesService } from './sales/sales.service.js';
import { STANDARD_PARTS } from './standards/standards.parts.js';
import { EncumbrancesService } from './units/encumbrances.service.js';
import { HandsetRecords } from './units/handset-records.js';
import { InspectionsService } from './units/inspections.service.js';
import { StockUnitsController } from './units/stock-units.controller.js';
import { StockUnitsService } from './units/stock-units.service.js';
import { UnitMovesService } from './units/unit-moves.service.js';

/** Every handset we own, by serial number: where it is, its condition, who may have it. */
@Module({
  imports: [BlockListsModule, DevicesModule],
  controllers: [
    AvailabilityController,
    IdentificationController,
    ReservationsController,
    SalesController,
    StockUnitsController,
    ...DIAGNOSTIC_PARTS.controllers,
    ...DOWNSTREAM_PARTS.controllers,
    ...ERASURE_PARTS.controllers,
    ...GATE_PARTS.controllers,
    ...RECEIPT_PARTS.controllers,
    ...REFURBISHMENT_PARTS.controllers,
    ...STANDARD_PARTS.controllers,
    ...BULK_STOCK_PARTS.controllers,
    ...LEDGER_PARTS.controllers,
    ...LOCATION_PARTS.controllers,
  ],
  providers: [
    AvailabilityService,
    Places,
    IdentificationService,
    ReservationsService,
    ReservationSweeper,
    SalesService,
    ReturnsService,
    StockUnitsService,
    UnitMovesService,
    InspectionsService,
    EncumbrancesService,
    HandsetRecords,
    ...DIAGNOSTIC_PARTS.providers,
    ...DOWNSTREAM_PARTS.providers,
    ...ERASURE_PARTS.providers,
    ...GATE_PARTS.providers,
    ...INTAKE_PARTS.providers,
    ...REFURBISHMENT_PARTS.providers,
    ...STANDARD_PARTS.providers,
    ...RECEIPT_PARTS.providers,
    ...BULK_STOCK_PARTS.providers,
    ...LEDGER_PARTS.providers,
    ...LOCATION_PARTS.providers,
    ...STOCK_IMPORTERS,
  ],
  exports: [HandsetRecords, TradedHandsets],
})
export class StockModule {}

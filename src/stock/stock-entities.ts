import { BulkStock } from './bulk/bulk-stock.entity.js';
import { DiagnosticReport } from './diagnostics/diagnostic-report.entity.js';
import { DownstreamRecord } from './downstream/downstream-record.entity.js';
import { ErasureCertificate } from './erasure/erasure-certificate.entity.js';
import { RegistryCheck } from './gate/registry-check.entity.js';
import { StockLocation } from './locations/stock-location.entity.js';
import { Receipt } from './receipts/receipt.entity.js';
import { RefurbCost } from './refurbishment/refurb-cost.entity.js';
import { RefurbOrder } from './refurbishment/refurb-order.entity.js';
import { RefurbPart } from './refurbishment/refurb-part.entity.js';
import { ReservationLine } from './reservations/reservation-line.entity.js';
import { Reservation } from './reservations/reservation.entity.js';
import { SaleLine } from './sales/sale-line.entity.js';
import { Sale } from './sales/sale.entity.js';
import { BenchStandard } from './standards/bench-standard.entity.js';
import { StockHolding } from './units/stock-holding.entity.js';
import { StockMovement } from './units/stock-movement.entity.js';
import { StockUnit } from './units/stock-unit.entity.js';
import { UnitEncumbrance } from './units/unit-encumbrance.entity.js';
import { UnitIdentifier } from './units/unit-identifier.entity.js';
import { UnitInspection } from './units/unit-inspection.entity.js';

export const STOCK_ENTITIES = [
  BenchStandard,
  BulkStock,
  DiagnosticReport,
  DownstreamRecord,
  ErasureCertificate,
  RefurbCost,
  RefurbOrder,
  RefurbPart,
  RegistryCheck,
  StockLocation,
  Receipt,
  ReservationLine,
  Reservation,
  SaleLine,
  Sale,
  StockHolding,
  StockMovement,
  StockUnit,
  UnitEncumbrance,
  UnitIdentifier,
  UnitInspection,
];

import { AcceptanceTerms } from './acceptance-terms.js';
import { Acceptance } from './acceptance.service.js';
import { Arrivals } from './arrivals.service.js';
import { LostParcels } from './lost-parcels.service.js';
import { Receiving } from './receiving.js';
import { Shipments } from './shipments.service.js';
import { TradeInIntakeController } from './trade-in-intake.controller.js';

export const INTAKE_PARTS = {
  controllers: [TradeInIntakeController],
  providers: [Acceptance, AcceptanceTerms, Arrivals, LostParcels, Receiving, Shipments],
};

import { CounterOffers } from './counter-offers.service.js';
import { Doubts } from './doubts.service.js';
import { InspectionBench } from './inspection-bench.js';
import { TradeInInspections } from './inspections.service.js';
import { ServedReasons } from './served-reasons.js';
import { TradeInInspectionsController } from './trade-in-inspections.controller.js';

export const INSPECTION_PARTS = {
  controllers: [TradeInInspectionsController],
  providers: [CounterOffers, Doubts, InspectionBench, TradeInInspections, ServedReasons],
};

import { Darkroom } from './darkroom.js';
import { PhotographSweep } from './photograph-sweep.js';
import { TradeInPhotographsController } from './photographs.controller.js';
import { TradeInPhotographsReads } from './photographs.query.js';
import { TradeInPhotographs } from './photographs.service.js';

export const PHOTOGRAPH_PARTS = {
  controllers: [TradeInPhotographsController],
  providers: [Darkroom, PhotographSweep, TradeInPhotographs, TradeInPhotographsReads],
};

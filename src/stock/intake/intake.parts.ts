import { HoldSweeper } from '../holds/hold-sweeper.js';
import { TradedHandsets } from './traded-handsets.js';

export const INTAKE_PARTS = {
  providers: [TradedHandsets, HoldSweeper],
};

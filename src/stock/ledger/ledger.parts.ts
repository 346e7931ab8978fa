import { LedgerController } from './ledger.controller.js';
import { LedgerQuery } from './ledger.query.js';

export const LEDGER_PARTS = {
  controllers: [LedgerController],
  providers: [LedgerQuery],
};

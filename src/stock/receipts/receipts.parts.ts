import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsQuery } from './receipts.query.js';
import { Receipts } from './receipts.service.js';

export const RECEIPT_PARTS = {
  controllers: [ReceiptsController],
  providers: [Receipts, ReceiptsQuery],
};
